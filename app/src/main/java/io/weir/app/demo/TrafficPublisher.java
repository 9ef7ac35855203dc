package io.weir.app.demo;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Codec;
import io.weir.app.pipeline.EventSink;
import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import io.weir.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes generated events to the input topics. For one thread. */
public final class TrafficPublisher implements Consumer<Event>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficPublisher.class);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final Map<EventType, String> topics;
    private final AtomicLong failed = new AtomicLong();

    /** @param registry null for the one at {@code schema.registry.url} */
    public TrafficPublisher(WeirConfig config, @Nullable SchemaRegistry registry) {
        this.producer = EventSink.producer(config);
        this.serializer = new Codec(config, registry).serializer();
        this.topics = EventSink.topics(config);
    }

    @Override
    public void accept(Event event) {
        String topic = Objects.requireNonNull(topics.get(event.type()));
        byte[] key = event.visitorId().getBytes(StandardCharsets.UTF_8);
        byte[] value = serializer.serialize(topic, message(event));
        producer.send(new ProducerRecord<>(topic, null, event.timeMs(), key, value), (sent, failure) -> note(failure));
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null when it was sent
    private void note(Exception failure) {
        if (failure != null && failed.getAndIncrement() == 0) {
            LOG.warn("generated events cannot be published: {}", failure.getMessage());
        }
    }

    private static SpecificRecord message(Event event) {
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

    @Override
    public void close() {
        producer.close();
    }
}
