package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import io.weir.domain.EventType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where events are published: the producer and the topics. */
public final class EventSink {
    private EventSink() {}

    /** A producer for many small records; compresses, and sends each record once. */
    public static Producer<byte[], byte[]> producer(WeirConfig config) {
        return producer(settings(config));
    }

    /**
     * One that sends records as they were, however large, all or none of a transaction. It fences those before it.
     *
     * @param id of its transactions
     */
    public static Producer<byte[], byte[]> transactional(WeirConfig config, String id) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPolicy.MAX_MESSAGE_BYTES);
        // Until then, what a killed one has begun holds back those who read the same partitions.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        settings.putAll(settings(config));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return producer(settings);
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
        settings.putAll(config.kafka());
        return settings;
    }

    public static Map<EventType, String> topics(WeirConfig config) {
        Map<EventType, String> topics = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            topics.put(input, config.topic(input));
        }
        return topics;
    }
}
