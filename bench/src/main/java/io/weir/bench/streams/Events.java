package io.weir.bench.streams;

import io.weir.bench.Job;
import io.weir.bench.Stopwatch;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.kstream.ValueMapperWithKey;

/** Decodes one input as Weir does; what is no valid event is dropped. A function of the DSL is shared by threads. */
final class Events<E extends Event> implements ValueMapperWithKey<String, byte[], Iterable<E>> {
    private final EventType input;
    private final String topic;
    private final Class<E> type;
    private final ThreadLocal<EventReader> readers;

    Events(Job job, EventType input, Class<E> type) {
        this.input = input;
        this.topic = job.topic(input);
        this.type = type;
        this.readers = ThreadLocal.withInitial(job::eventReader);
    }

    @Override
    public Iterable<E> apply(String visitorId, byte[] value) {
        Stopwatch.recordRead();
        byte[] key = visitorId.getBytes(StandardCharsets.UTF_8);
        try {
            return List.of(type.cast(readers.get().read(input, topic, new RecordHeaders(), key, value, Job.LATEST_MS)));
        } catch (RejectedException e) {
            return List.of();
        }
    }
}
