package io.weir.wire;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refuses a schema because readers of the subject's earlier version could be broken by it. */
public final class IncompatibleSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public IncompatibleSchemaException(String message) {
        super(message);
    }
}
