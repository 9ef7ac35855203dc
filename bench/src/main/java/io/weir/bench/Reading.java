package io.weir.bench;

import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Events out of a consumer's records. */
final class Reading {
    private Reading() {}

    static Event event(EventReader reader, @Nullable EventType input, ConsumerRecord<byte[], byte[]> message)
            throws RejectedException {
        if (input == null) {
            throw new IllegalStateException("a record from " + message.topic() + ", which is no input");
        }
        return reader.read(input, message.topic(), message.headers(), message.key(), message.value(), Job.LATEST_MS);
    }
}
