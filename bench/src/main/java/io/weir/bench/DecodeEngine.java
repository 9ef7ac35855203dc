package io.weir.bench;

import io.weir.domain.EventType;
import io.weir.serde.EventReader;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The limit of the machine with the events' codec: a plain consumer that decodes and checks each record. */
final class DecodeEngine implements Engine {
    @Override
    public String name() {
        return "decode";
    }

    @Override
    public String description() {
        return "limit: one thread reads, decodes and checks each event, and drops it";
    }

    @Override
    public Claim claim() {
        return Claim.nothing("reads only");
    }

    @Override
    public void process(Job job) throws Exception {
        EventReader reader = job.eventReader();
        Map<String, EventType> inputs = job.inputs();
        long timesMs = 0;
        long read = 0;
        try (InputReading reading = new InputReading(
                job, IntStream.range(0, job.partitions()).boxed().toList())) {
            while (!reading.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> message : reading.poll()) {
                    EventType input = inputs.get(message.topic());
                    timesMs ^= Reading.event(reader, input, message).timeMs();
                    read++;
                }
            }
        }
        if (read != job.events() || timesMs == 0) {
            throw new BenchException("decoded " + read + " events of " + job.events());
        }
    }

    @Override
    public void results(Job job) {
        // It has none.
    }
}
