package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Outcome;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.EventRow;
import io.weir.topology.SimulatedStory.Guarantee;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold at every commit, whatever comes later. */
final class SimulatedLaws {
    private final SimulatedStory story;
    private final SimulatedCluster cluster;
    private final Map<Integer, PartitionProgress> lastProgress = new HashMap<>();
    private final Map<Integer, Map<String, SourceFacts>> lastFacts = new HashMap<>();
    private final Map<Integer, Acceptance> judged = new HashMap<>();
    private final Map<Integer, Integer> judgedReads = new HashMap<>();
    private final Map<Integer, Integer> resultsSeen = new HashMap<>();
    private final Map<Integer, Long> lastWatermarkMs = new HashMap<>();
    private final Map<Integer, Map<Integer, PartitionProgress>> lastInTotals = new HashMap<>();
    private final Map<WindowKey, WindowRow> last = new HashMap<>();

    SimulatedLaws(SimulatedStory story, SimulatedCluster cluster) {
        this.story = story;
        this.cluster = cluster;
    }

    /** What the rules say of the records that this task has read for good. */
    Acceptance judge(SimulatedJourneys task) {
        List<EventRow> reads = task.committedReads();
        if (judgedReads.getOrDefault(task.partition, -1) != reads.size()) {
            judgedReads.put(task.partition, reads.size());
            judged.put(task.partition, Acceptance.inArrivalOrder(reads, story.settings()));
        }
        return judged.get(task.partition);
    }

    /** The greatest accepted event time of what a task has read for good. */
    long streamTimeMs(SimulatedJourneys task) {
        return judge(task).accepted().stream().mapToLong(EventRow::timeMs).max().orElse(Journey.NO_STREAM_TIME);
    }

    long leastStreamTimeMs() {
        return cluster.journeys().stream().mapToLong(this::streamTimeMs).min().orElseThrow();
    }

    long greatestStreamTimeMs() {
        return cluster.journeys().stream().mapToLong(this::streamTimeMs).max().orElseThrow();
    }

    /** The rows last published. */
    Map<WindowKey, WindowRow> lastRows() {
        return last;
    }

    void committed(SimulatedJourneys task) {
        PartitionProgress now = task.committedProgress();
        PartitionProgress before = lastProgress.get(task.partition);
        if (now == null) {
            assertThat(before)
                    .as("progress of partition %s is lost", task.partition)
                    .isNull();
            assertThat(task.committedReads()).as("read, but not counted").isEmpty();
            return;
        }
        for (EventType input : EventType.values()) {
            assertCounted(task, now, before, input);
        }
        if (before != null) {
            assertThat(now.streamTimeMs()).as("stream time goes back").isGreaterThanOrEqualTo(before.streamTimeMs());
        }
        lastProgress.put(task.partition, now);
        assertFactsNeverFall(task.partition, task.committedFacts());
    }

    private void assertCounted(
            SimulatedJourneys task, PartitionProgress now, PartitionProgress before, EventType input) {
        long read = now.ledger().read(input);
        int offset = task.committedOffset(input);
        if (story.guarantee() == Guarantee.AT_LEAST_ONCE) {
            assertThat(read)
                    .as("%s of partition %s read at least once", input, task.partition)
                    .isGreaterThanOrEqualTo(offset);
        } else {
            assertThat(read)
                    .as("%s of partition %s in the ledger", input, task.partition)
                    .isEqualTo(offset);
            assertThat(now.nextOffset(input)).as("next offset of %s", input).isEqualTo(offset);
        }
        if (before != null) {
            for (Outcome outcome : Outcome.values()) {
                assertThat(now.ledger().get(input, outcome))
                        .as("%s %s of partition %s never fall", outcome, input, task.partition)
                        .isGreaterThanOrEqualTo(before.ledger().get(input, outcome));
            }
        }
    }

    private void assertFactsNeverFall(int partition, Map<String, SourceFacts> facts) {
        lastFacts.getOrDefault(partition, Map.of()).forEach((source, before) -> {
            SourceFacts now = facts.getOrDefault(source, SourceFacts.NONE);
            boolean holds = now.clicks() >= before.clicks()
                    && now.costMicros() >= before.costMicros()
                    && now.creditedPayments() >= before.creditedPayments()
                    && now.creditedRevenueMicros() >= before.creditedRevenueMicros()
                    && now.reversedPayments() >= before.reversedPayments()
                    && now.reversedRevenueMicros() >= before.reversedRevenueMicros();
            assertThat(holds)
                    .as("facts of %s fall from %s to %s", source, before, now)
                    .isTrue();
        });
        lastFacts.put(partition, facts);
    }

    void committed(SimulatedTotals task) {
        long watermarkMs = task.committedWatermarkMs();
        assertThat(watermarkMs).as("the watermark goes back").isGreaterThanOrEqualTo(lastWatermarkMs(task));
        lastWatermarkMs.put(task.partition, watermarkMs);
        assertBounded(watermarkMs);
        List<WindowRow> results = task.results();
        long before = Journey.NO_STREAM_TIME;
        for (int i = resultsSeen.getOrDefault(task.partition, 0); i < results.size(); i++) {
            long writtenAtMs = task.watermarksMs().get(i);
            assertThat(writtenAtMs).as("the watermark of results goes back").isGreaterThanOrEqualTo(before);
            before = story.exactlyOnce() ? writtenAtMs : before;
            assertFollows(results.get(i), writtenAtMs);
        }
        resultsSeen.put(task.partition, results.size());
        if (story.exactlyOnce()) {
            assertProgressNeverFalls(task);
            assertNoProgressBeforeItsRows(task);
        }
    }

    /** However often publications come again. */
    private void assertProgressNeverFalls(SimulatedTotals task) {
        Map<Integer, PartitionProgress> before = lastInTotals.computeIfAbsent(task.partition, none -> new HashMap<>());
        for (PartitionProgress now : task.committedProgress()) {
            PartitionProgress last = before.put(now.partition(), now);
            for (EventType input : EventType.values()) {
                assertThat(now.nextOffset(input))
                        .as("%s of partition %s that totals %s know of", input, now.partition(), task.partition)
                        .isGreaterThanOrEqualTo(last == null ? 0 : last.nextOffset(input));
            }
        }
    }

    /** Asked of the visits that each event of their kind adds one to; while no row is dropped. */
    private void assertNoProgressBeforeItsRows(SimulatedTotals task) {
        int partitionOfTotal = ServedRows.partitionOf(DimensionKey.TOTAL, story.partitions());
        WindowSize size = story.pipeline().windowing().sizes().get(0);
        if (task.partition != partitionOfTotal || mayHaveDropped(size, task.committedWatermarkMs())) {
            return;
        }
        long inRows = 0;
        for (Map.Entry<WindowKey, TotalRow> row : task.committedRows().entrySet()) {
            if (row.getKey().size() == size && row.getKey().key().equals(DimensionKey.TOTAL)) {
                inRows += row.getValue().sum().get(Measure.VISITS);
            }
        }
        long inProgress = task.committedProgress().stream()
                .mapToLong(progress -> progress.ledger().get(EventType.VISIT, Outcome.ACCEPTED))
                .sum();
        assertThat(inRows).as("visits in rows, of those in progress").isGreaterThanOrEqualTo(inProgress);
    }

    private boolean mayHaveDropped(WindowSize size, long watermarkMs) {
        long firstMs = story.arrivals().stream()
                .mapToLong(arrival -> arrival.row().timeMs())
                .min()
                .orElse(Long.MAX_VALUE);
        long kept = watermarkMs
                - story.settings().grace().toMillis()
                - story.pipeline().retentionMs(size);
        return watermarkMs != Journey.NO_STREAM_TIME && kept > firstMs;
    }

    private long lastWatermarkMs(SimulatedTotals task) {
        return lastWatermarkMs.getOrDefault(task.partition, Journey.NO_STREAM_TIME);
    }

    /** No partition that still reads is ahead of the watermark; one that is silent moves on as fast as the wall clock. */
    private void assertBounded(long watermarkMs) {
        if (watermarkMs == Journey.NO_STREAM_TIME || story.guarantee() == Guarantee.AT_LEAST_ONCE) {
            return;
        }
        long elapsedMs = cluster.nowMs() - SimulatedStory.NOW.toEpochMilli();
        long mostMs = story.silences() ? greatestStreamTimeMs() + elapsedMs : leastStreamTimeMs();
        assertThat(watermarkMs)
                .as("the watermark runs ahead of what has been read")
                .isLessThanOrEqualTo(mostMs);
    }

    private void assertFollows(WindowRow row, long watermarkMs) {
        WindowKey key = new WindowKey(row.size(), row.startMs(), row.key());
        WindowRow before = last.put(key, row);
        if (!story.exactlyOnce()) {
            // A row can be further on than the watermark that its task was restored with.
            return;
        }
        if (row.isFinal()) {
            long graceMs = story.settings().grace().toMillis();
            assertThat(watermarkMs)
                    .as("final before its end + grace: %s", row)
                    .isGreaterThanOrEqualTo(row.endMs() + graceMs);
        }
        assertThat(row.revision()).as("revision of %s", row).isEqualTo(before == null ? 1 : before.revision() + 1);
        if (before != null && before.isFinal()) {
            assertThat(row.isFinal()).as("no longer final: %s", row).isTrue();
            assertThat(story.silences())
                    .as("%s was final and became %s", before, row)
                    .isTrue();
        }
    }
}
