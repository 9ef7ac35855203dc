package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic's committed records once, up to what is its end when the reading begins. Joins no consumer group. */
public final class TopicReader {
    private final Map<String, Object> settings = new HashMap<>();

    /** Is given what was read together; answers whether to go on. */
    public interface Taker {
        boolean take(List<ConsumerRecord<byte[], byte[]>> batch);
    }

    public TopicReader(WeirConfig config) {
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, TopicPolicy.MAX_MESSAGE_BYTES);
        settings.putAll(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    }

    /** @param fromOffset the first offset of each partition; an earlier one than the first is the first */
    public void read(List<TopicPartition> partitions, long fromOffset, Taker taker) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.beginningOffsets(partitions)
                    .forEach((partition, first) -> consumer.seek(
                            partition, Math.min(Math.max(first, fromOffset), ends.getOrDefault(partition, first))));
            boolean goOn = true;
            while (goOn && !isAt(consumer, ends)) {
                List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    if (message.offset() < ends.getOrDefault(partition(message), 0L)) {
                        batch.add(message);
                    }
                }
                goOn = batch.isEmpty() || taker.take(batch);
            }
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> message) {
        return new TopicPartition(message.topic(), message.partition());
    }

    private static boolean isAt(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
