package io.weir.wire;

import org.apache.avro.Schema;

/**
 * Where schemas and their ids are known. A subject is {@code <topic>-value}; an id names one schema for ever.
 *
 * <p>Implementations are safe for use by several threads. Every method may throw {@link RegistryUnavailableException}.
 */
public interface SchemaRegistry {

    /**
     * The schema that was registered under an id.
     *
     * @throws WireException {@code UNKNOWN_SCHEMA} if there is none, {@code WRONG_SCHEMA} if it is not an Avro schema
     */
    Schema schemaById(int id);

    /**
     * Makes sure that the subject has the schema, as its next version if it is new.
     *
     * @return the schema's id
     * @throws IncompatibleSchemaException if the subject's compatibility rule forbids the schema
     * @throws org.apache.kafka.common.errors.SerializationException if the registry refuses it otherwise
     */
    int register(String subject, Schema schema);

    /**
     * The id of a schema that the subject already has.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the subject does not have it
     */
    int lookup(String subject, Schema schema);
}
