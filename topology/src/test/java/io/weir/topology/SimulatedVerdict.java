package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DomainFold;
import io.weir.domain.EventType;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BruteForce;
import io.weir.oracle.Counts;
import io.weir.oracle.CreditReading;
import io.weir.oracle.EventRow;
import io.weir.topology.Outgoing.Refused;
import io.weir.topology.SimulatedStory.Guarantee;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.Record;

/** What must hold when a story has come to its end and all has been read, published and committed. */
final class SimulatedVerdict {
    private final SimulatedStory story;
    private final SimulatedCluster cluster;

    /** What the rules say of all partitions' records. */
    private final Acceptance judged;

    SimulatedVerdict(SimulatedStory story, SimulatedCluster cluster) {
        this.story = story;
        this.cluster = cluster;
        this.judged = cluster.journeys().stream()
                .map(cluster.laws()::judge)
                .reduce(Acceptance::plus)
                .orElseThrow();
    }

    /** The accepted events, by the rules. */
    Acceptance judged() {
        return judged;
    }

    /** What the windows came to, as lines of windows.csv. */
    List<String> windowsCsv() {
        Map<WindowKey, Measures> rows = new HashMap<>(measures());
        rows.values().removeIf(Measures::isZero);
        return DomainFold.windowsCsv(rows);
    }

    void check() {
        for (SimulatedJourneys task : cluster.journeys()) {
            for (EventType input : EventType.values()) {
                assertThat(task.committedOffset(input)).as("all %s read", input).isEqualTo(task.appended(input));
            }
        }
        if (story.guarantee() == Guarantee.AT_LEAST_ONCE) {
            return;
        }
        cluster.journeys().forEach(this::checkLedger);
        checkRefused();
        checkFacts();
        checkCredits();
        checkWindows();
        if (story.exactlyOnce()) {
            cluster.totals().forEach(this::checkFinality);
            cluster.totals().forEach(this::checkRolling);
        }
    }

    private void checkLedger(SimulatedJourneys task) {
        PartitionProgress progress = task.committedProgress();
        cluster.laws().judge(task).counts().forEach((type, expected) -> {
            EventType input = EventType.valueOf(type.toUpperCase(Locale.ROOT));
            if (progress == null) {
                assertThat(expected.read()).isZero();
                return;
            }
            Map<String, Long> rejected = new TreeMap<>();
            progress.ledger().rejectedByReason(input).forEach((reason, n) -> rejected.put(reason.label(), n));
            Counts counted = new Counts(
                    progress.ledger().get(input, Outcome.ACCEPTED),
                    progress.ledger().get(input, Outcome.DUPLICATE),
                    progress.ledger().get(input, Outcome.LATE),
                    rejected);
            assertThat(counted).as("%s of partition %s", input, task.partition).isEqualTo(expected);
        });
        if (progress != null) {
            assertThat(progress.streamTimeMs())
                    .as("stream time")
                    .isEqualTo(cluster.laws().streamTimeMs(task));
        }
    }

    /** Each late or rejected record was kept once, byte for byte. */
    private void checkRefused() {
        Set<String> origins = new HashSet<>();
        long late = 0;
        for (Record<byte[], Outgoing> message : cluster.refused()) {
            Refused refused = (Refused) message.value();
            String topic = header(message, Names.TOPIC_HEADER);
            int partition = Integer.parseInt(header(message, Names.PARTITION_HEADER));
            long offset = Long.parseLong(header(message, Names.OFFSET_HEADER));
            for (EventType input : EventType.values()) {
                if (topic.equals("weir." + input.plural())) {
                    assertThat(refused.value())
                            .as("kept as it came")
                            .isEqualTo(cluster.journeys().get(partition).value(input, offset));
                }
            }
            assertThat(origins.add(topic + partition + "/" + offset))
                    .as("kept once")
                    .isTrue();
            late += refused.late() ? 1 : 0;
        }
        assertThat(late).as("late events kept").isEqualTo(sum(Counts::late));
        assertThat(origins.size() - late).as("dead letters kept").isEqualTo(sum(Counts::rejected));
    }

    private long sum(ToLongFunction<Counts> count) {
        return judged.counts().values().stream().mapToLong(count).sum();
    }

    private static String header(Record<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private void checkWindows() {
        Map<List<String>, List<Long>> actual = new HashMap<>();
        measures()
                .forEach((key, measures) -> actual.put(
                        FigureRows.cells(
                                key.size().label(),
                                Instant.ofEpochMilli(key.startMs()).toString(),
                                key.key()),
                        FigureRows.values(measures)));
        FigureRows.assertSame("windows", actual, BruteForce.measuresOf(judged.accepted(), story.settings()));
    }

    /** As published where that is exact, else as stored. */
    private Map<WindowKey, Measures> measures() {
        Map<WindowKey, Measures> measures = new HashMap<>();
        if (story.exactlyOnce()) {
            cluster.laws().lastRows().forEach((key, row) -> measures.put(key, row.measures()));
        } else {
            cluster.totals().forEach(task -> task.committedRows().forEach((key, row) -> measures.put(key, row.sum())));
        }
        return measures;
    }

    private void checkFinality(SimulatedTotals task) {
        long watermarkMs = task.committedWatermarkMs();
        if (story.silences()) {
            assertThat(watermarkMs)
                    .as("watermark")
                    .isGreaterThanOrEqualTo(cluster.laws().greatestStreamTimeMs());
        } else {
            assertThat(watermarkMs).as("watermark").isEqualTo(cluster.laws().leastStreamTimeMs());
        }
        Windowing windowing = story.pipeline().windowing();
        long horizonMs = watermarkMs - story.settings().grace().toMillis();
        task.committedRows().forEach((key, row) -> {
            boolean ended =
                    watermarkMs != Journey.NO_STREAM_TIME && windowing.endMs(key.size(), key.startMs()) <= horizonMs;
            assertThat(row.isFinal())
                    .as("%s is final at watermark %s", key, watermarkMs)
                    .isEqualTo(ended);
            WindowRow published = cluster.laws().lastRows().get(key);
            assertThat(published).as("published %s", key).isNotNull();
            assertThat(List.of(row.revision(), row.isFinal(), row.sum()))
                    .as("stored as published: %s", key)
                    .isEqualTo(List.of(published.revision(), published.isFinal(), published.measures()));
        });
    }

    private void checkRolling(SimulatedTotals task) {
        long watermarkMs = task.committedWatermarkMs();
        if (watermarkMs == Journey.NO_STREAM_TIME || !story.settings().windows().contains(WindowSize.MINUTE)) {
            return;
        }
        Map<List<String>, List<Long>> actual = new HashMap<>();
        task.committedRolling().forEach((key, row) -> {
            for (RollingWindow window : RollingWindow.values()) {
                actual.put(FigureRows.cells(window.label(), "", key), FigureRows.values(row.of(window)));
            }
        });
        long endMs = Windowing.minuteStartMs(watermarkMs);
        Map<List<String>, List<Long>> expected =
                new HashMap<>(BruteForce.rollingOf(judged.accepted(), story.settings(), endMs));
        expected.keySet()
                .removeIf(key -> ServedRows.partitionOf(FigureRows.key(key), story.partitions()) != task.partition);
        FigureRows.assertSame("rolling windows until " + endMs, actual, expected);
    }

    /** What each source has cost and been credited with, less what was taken back, is what its windows say. */
    private void checkFacts() {
        Map<String, List<Long>> facts = new HashMap<>();
        for (SimulatedJourneys task : cluster.journeys()) {
            task.committedFacts()
                    .forEach((source, f) -> add(
                            facts,
                            source,
                            f.clicks(),
                            f.costMicros(),
                            f.creditedPayments() - f.reversedPayments(),
                            f.creditedRevenueMicros() - f.reversedRevenueMicros()));
        }
        String size = story.settings().windows().iterator().next().label();
        Map<String, List<Long>> windows = new HashMap<>();
        BruteForce.measuresOf(judged.accepted(), story.settings()).forEach((key, row) -> {
            if (key.get(0).equals(size) && key.get(2).equals("source")) {
                add(
                        windows,
                        key.get(4),
                        row.get(Measure.CLICKS.ordinal()),
                        row.get(Measure.COST_MICROS.ordinal()),
                        row.get(Measure.PAYMENTS.ordinal()),
                        row.get(Measure.REVENUE_MICROS.ordinal()));
            }
        });
        facts.values().removeIf(row -> row.stream().allMatch(value -> value == 0));
        windows.values().removeIf(row -> row.stream().allMatch(value -> value == 0));
        assertThat(facts).as("facts by source").isEqualTo(windows);
    }

    private static void add(Map<String, List<Long>> sums, String source, long... more) {
        sums.merge(source, LongStream.of(more).boxed().toList(), (a, b) -> {
            List<Long> sum = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                sum.add(a.get(i) + b.get(i));
            }
            return sum;
        });
    }

    private void checkCredits() {
        if (!story.uniqueIds() || cluster.journeys().stream().anyMatch(this::acceptsAnIdAgain)) {
            return;
        }
        for (SimulatedJourneys task : cluster.journeys()) {
            List<EventRow> accepted = cluster.laws().judge(task).accepted();
            assertThat(task.committedCredits())
                    .as("credits of partition %s", task.partition)
                    .isEqualTo(CreditReading.creditsOf(accepted, story.settings()));
        }
    }

    /** A copy that comes when the first has settled is late or, of an event newer than all others, none. */
    private boolean acceptsAnIdAgain(SimulatedJourneys task) {
        List<EventRow> accepted = cluster.laws().judge(task).accepted();
        return new HashSet<>(accepted).size() < accepted.size();
    }
}
