package io.weir.bench;

import io.weir.domain.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A plain consumer on the inputs of a job, from their beginning to their fixed ends. For one thread. */
final class InputReading implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    /** @param partitions which partition numbers of the three topics */
    InputReading(Job job, Collection<Integer> partitions) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        job.bootstrapServers(),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> assigned = new ArrayList<>();
        for (int partition : partitions) {
            for (EventType input : EventType.values()) {
                assigned.add(new TopicPartition(job.topic(input), partition));
            }
        }
        consumer.assign(assigned);
        consumer.seekToBeginning(assigned);
        ends = consumer.endOffsets(assigned);
    }

    /** The next records, if any are there within a moment. */
    ConsumerRecords<byte[], byte[]> poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            Stopwatch.recordRead();
        }
        return records;
    }

    Collection<TopicPartition> assigned() {
        return ends.keySet();
    }

    /** All records of this partition have been handed out. */
    boolean isAtEnd(TopicPartition partition) {
        return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
    }

    boolean isAtEnd() {
        return ends.keySet().stream().allMatch(this::isAtEnd);
    }

    void pause(TopicPartition partition) {
        consumer.pause(List.of(partition));
    }

    void resume(TopicPartition partition) {
        consumer.resume(List.of(partition));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
