package io.weir.wire;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A message that can never be read, however often it is tried: the message itself is at fault, so it belongs among the
 * dead letters. A registry that cannot be asked is {@link RegistryUnavailableException} instead.
 */
public final class WireException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the message. */
    public enum Fault {
        /** The bytes are not in the wire format, or not a whole record of the schema that they name. */
        UNDECODABLE,
        /** The registry knows no schema with the id that the message carries. */
        UNKNOWN_SCHEMA,
        /** The schema is known, but it is no Avro schema, of another record, or cannot be read as the expected one. */
        WRONG_SCHEMA
    }

    private final Fault fault;

    public WireException(Fault fault, String message) {
        this(fault, message, null);
    }

    public WireException(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
