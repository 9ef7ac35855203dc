package io.weir.app.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the changelogs is still to be read into the stores. Thread-safe. */
final class Restoration implements StateRestoreListener {
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        ends.put(changelog, endingOffset);
        remaining.put(changelog, Math.max(0, endingOffset - startingOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long records) {
        Long end = ends.get(changelog);
        if (end != null) {
            remaining.put(changelog, Math.max(0, end - batchEndOffset - 1));
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        forget(changelog);
    }

    /** The task went to another instance before its stores were whole. */
    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        forget(changelog);
    }

    private void forget(TopicPartition changelog) {
        remaining.remove(changelog);
        ends.remove(changelog);
    }

    /** In offsets, all stores together: at least the number of records. */
    long remaining() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }
}
