package io.weir.wire;

/**
 * Confluent's framing: one magic byte of value 0, the schema's id as four bytes, most significant first, then the
 * record in Avro's binary encoding.
 */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /** The id in a header; the caller has checked that the header is there. */
    static int schemaId(byte[] message) {
        return (message[1] & 0xff) << 24 | (message[2] & 0xff) << 16 | (message[3] & 0xff) << 8 | (message[4] & 0xff);
    }
}
