package io.weir.app.refused;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many records were refused, by reason and input. */
public final class RefusedCounts {
    private final Map<Group, Count> counts =
            new TreeMap<>(Comparator.comparing(Group::reason).thenComparing(Group::input));

    private record Group(String reason, String input) {}

    /**
     * Those of one reason and input.
     *
     * @param sentBack how many of them were sent back
     * @param firstMs when the first was refused, wall clock
     * @param lastMs when the last was
     */
    public record Count(String reason, String input, long records, long sentBack, long firstMs, long lastMs) {
        private Count plus(Count more) {
            return new Count(
                    reason,
                    input,
                    records + more.records,
                    sentBack + more.sentBack,
                    Math.min(firstMs, more.firstMs),
                    Math.max(lastMs, more.lastMs));
        }
    }

    /** Counts all that the topic holds now. */
    public static RefusedCounts of(RefusedTopic topic) throws InterruptedException {
        RefusedCounts counts = new RefusedCounts();
        RetryMemory memory = topic.memory();
        topic.read(topic.partitions(), 0, batch -> {
            batch.forEach(refused -> counts.add(refused, memory.wasSent(refused)));
            return true;
        });
        return counts;
    }

    private void add(RefusedRecord refused, boolean wasSent) {
        RefusedRecord.Origin origin = refused.origin();
        Group group = new Group(refused.reason(), origin == null ? "unknown" : origin.topic());
        Count one = new Count(
                group.reason(),
                group.input(),
                1,
                wasSent && origin != null && refused.leftOutBytes() == 0 ? 1 : 0,
                refused.seenMs(),
                refused.seenMs());
        counts.merge(group, one, Count::plus);
    }

    public List<Count> all() {
        return List.copyOf(counts.values());
    }
}
