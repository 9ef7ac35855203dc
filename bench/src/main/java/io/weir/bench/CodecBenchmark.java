package io.weir.bench;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Codec;
import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import io.weir.serde.VisitorNames;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to make an event of a record's bytes, checks included, and bytes of an event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final int EVENTS = 10_000;
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final Codec codec = new Codec(WeirConfig.of(Map.of()), new EmbeddedSchemaRegistry());
    private final EventReader reader = codec.eventReader(VisitorNames.asTheyCome());
    private final Serializer<SpecificRecord> serializer = codec.serializer();
    private final List<Message> messages = new ArrayList<>(EVENTS);

    private record Message(EventType type, String topic, SpecificRecord record, byte[] key, byte[] value) {}

    @Setup
    public void serialize() {
        WeirConfig config = WeirConfig.of(Map.of());
        for (Iterator<Event> events = Samples.workload(EVENTS).iterator(); events.hasNext(); ) {
            Event event = events.next();
            String topic = config.topic(event.type());
            SpecificRecord value = record(event);
            byte[] key = event.visitorId().getBytes(StandardCharsets.UTF_8);
            messages.add(new Message(event.type(), topic, value, key, serializer.serialize(topic, value)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long read() throws RejectedException {
        long timesMs = 0;
        for (Message message : messages) {
            timesMs += reader.read(
                            message.type(), message.topic(), NO_HEADERS, message.key(), message.value(), Job.LATEST_MS)
                    .timeMs();
        }
        return timesMs;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long write() {
        long bytes = 0;
        for (Message message : messages) {
            bytes += serializer.serialize(message.topic(), message.record()).length;
        }
        return bytes;
    }

    private static SpecificRecord record(Event event) {
        Instant time = Instant.ofEpochMilli(event.timeMs());
        if (event instanceof Click click) {
            return new io.weir.schema.Click(
                    click.id(),
                    click.visitorId(),
                    click.productId(),
                    click.source(),
                    click.campaignId(),
                    click.costMicros(),
                    time);
        }
        if (event instanceof Visit visit) {
            return new io.weir.schema.Visit(
                    visit.id(),
                    visit.visitorId(),
                    visit.productId(),
                    visit.source(),
                    visit.campaignId(),
                    visit.clickId(),
                    time);
        }
        Payment payment = (Payment) event;
        return new io.weir.schema.Payment(
                payment.id(),
                payment.orderId(),
                payment.visitorId(),
                payment.productId(),
                payment.quantity(),
                payment.amountMicros(),
                time);
    }
}
