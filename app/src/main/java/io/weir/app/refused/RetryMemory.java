package io.weir.app.refused;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * How far records have been sent back: of each reason and partition the offset behind the last one. It stands in a
 * compacted topic and is written in the transaction that sends the records.
 *
 * <p>A consumer group's offsets would not do: a broker forgets those of a group that is not there for a week.
 */
final class RetryMemory {
    /** Of the refused topic, so that one that was deleted and made anew begins anew. */
    private final Uuid topicId;

    private final Map<String, Long> nextOffsets = new HashMap<>();

    RetryMemory(Uuid topicId) {
        this.topicId = topicId;
    }

    /** Takes over what was written; @param partitions none if there is no such topic yet */
    void read(WeirConfig config, List<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            new TopicReader(config).read(partitions, 0, batch -> {
                batch.forEach(message -> take(message.key(), message.value()));
                return true;
            });
        }
    }

    private void take(byte @Nullable [] key, byte @Nullable [] value) {
        if (key != null && value != null) {
            String next = new String(value, StandardCharsets.UTF_8);
            nextOffsets.put(new String(key, StandardCharsets.UTF_8), Long.parseLong(next));
        }
    }

    boolean wasSent(RefusedRecord refused) {
        return refused.offset() < nextOffsets.getOrDefault(key(refused), 0L);
    }

    /** It is sent in this transaction. */
    void sent(RefusedRecord refused, Map<String, Long> inTransaction) {
        String key = key(refused);
        nextOffsets.put(key, refused.offset() + 1);
        inTransaction.put(key, refused.offset() + 1);
    }

    static ProducerRecord<byte[], byte[]> message(WeirConfig config, String key, long nextOffset) {
        return new ProducerRecord<>(config.retriesTopic(), bytes(key), bytes(Long.toString(nextOffset)));
    }

    private String key(RefusedRecord refused) {
        return topicId + " " + refused.partition().partition() + " " + refused.reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
