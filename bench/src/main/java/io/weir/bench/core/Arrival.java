package io.weir.bench.core;

import io.weir.domain.EventType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of an input as it came. It is decoded only where its visitor's journey is, so that it goes from thread to
 * thread as the bytes that it is.
 */
public final class Arrival {
    private static final byte[] NOTHING = new byte[0];

    private final EventType input;
    private final byte[] key;
    private final byte[] value;
    private @Nullable String visitorId;

    public Arrival(EventType input, byte[] key, byte[] value) {
        this.input = input;
        this.key = key;
        this.value = value;
    }

    public static Arrival of(EventType input, ConsumerRecord<byte[], byte[]> message) {
        return new Arrival(input, orNothing(message.key()), orNothing(message.value()));
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }

    public EventType input() {
        return input;
    }

    /** The visitor's id in UTF-8, as every valid record has it. */
    public byte[] key() {
        return key;
    }

    public byte[] value() {
        return value;
    }

    /** The key as text; what the records are parted by. */
    public String visitorId() {
        String known = visitorId;
        if (known == null) {
            known = new String(key, StandardCharsets.UTF_8);
            visitorId = known;
        }
        return known;
    }
}
