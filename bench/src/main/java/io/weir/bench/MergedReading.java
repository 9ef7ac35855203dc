package io.weir.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records of one partition number, its three topics merged by timestamp, as Kafka Streams merges them. */
final class MergedReading implements AutoCloseable {
    /** A topic that is read further ahead than this waits for the others. */
    private static final int MOST_WAITING = 10_000;

    private final InputReading reading;
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new HashMap<>();

    MergedReading(Job job, int partition) {
        reading = new InputReading(job, List.of(partition));
        reading.assigned().forEach(each -> waiting.put(each, new ArrayDeque<>()));
    }

    /** The record with the least timestamp of those not read yet; null after the last. */
    @Nullable
    ConsumerRecord<byte[], byte[]> next() {
        Deque<ConsumerRecord<byte[], byte[]>> first = null;
        for (Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> topic : waiting.entrySet()) {
            Deque<ConsumerRecord<byte[], byte[]>> records = topic.getValue();
            while (records.isEmpty() && !reading.isAtEnd(topic.getKey())) {
                poll();
            }
            if (!records.isEmpty() && (first == null || timestamp(records) < timestamp(first))) {
                first = records;
            }
        }
        return first == null ? null : first.remove();
    }

    private static long timestamp(Deque<ConsumerRecord<byte[], byte[]>> records) {
        return records.element().timestamp();
    }

    private void poll() {
        waiting.forEach((topic, records) -> {
            if (records.size() > MOST_WAITING) {
                reading.pause(topic);
            } else {
                reading.resume(topic);
            }
        });
        ConsumerRecords<byte[], byte[]> more = reading.poll();
        waiting.forEach((topic, records) -> records.addAll(more.records(topic)));
    }

    @Override
    public void close() {
        reading.close();
    }
}
