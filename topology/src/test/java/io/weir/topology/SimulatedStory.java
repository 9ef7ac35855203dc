package io.weir.topology;

import io.weir.domain.EventType;
import io.weir.domain.Rules;
import io.weir.domain.WindowSize;
import io.weir.oracle.Arrivals;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * What a seed tells: which events arrive where and in which order, and under which settings.
 *
 * @param guarantee what a crash leaves behind
 * @param silences whether partitions fall silent for longer than the idle timeout, so that the watermark leaves them out
 * @param keyChanges whether visitors go by pseudonyms, those of a new key in tasks that start again
 * @param uniqueIds whether each event has an id of its own
 * @param capacity how many objects a store keeps on the heap, and how many rows an interval looks at
 * @param arrivals in the order in which they are appended
 */
record SimulatedStory(
        long seed,
        OracleSettings settings,
        int partitions,
        Guarantee guarantee,
        boolean silences,
        boolean keyChanges,
        boolean uniqueIds,
        int capacity,
        List<Arrival> arrivals) {

    /** The wall clock at the beginning; all events but those of the future lie before it. */
    static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    private static final List<Integer> CAPACITIES = List.of(1, 1, 2, 2, 5, 1000);

    enum Guarantee {
        /** Transactions: what was not committed has not happened. */
        EXACTLY_ONCE,
        /** The same for journeys; the totals' stores can be ahead of their offsets, and publications come again. */
        TOTALS_AT_LEAST_ONCE,
        /** All stores can be ahead of the offsets. */
        AT_LEAST_ONCE
    }

    record Arrival(int partition, EventRow row) {}

    static SimulatedStory ofSeed(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        int partitions = 1 + random.nextInt(3);
        int events = 5 + random.nextInt(36);
        RandomCase given = RandomCases.ofSeed(seed, events, partitions + random.nextInt(3));
        int kind = random.nextInt(10);
        Guarantee guarantee = kind == 0
                ? Guarantee.AT_LEAST_ONCE
                : kind == 1 ? Guarantee.TOTALS_AT_LEAST_ONCE : Guarantee.EXACTLY_ONCE;
        boolean reusesIds = random.nextInt(5) == 0;
        OracleSettings settings =
                given.settings().withLatestTime(NOW.plus(Duration.ofDays(1)).toEpochMilli());
        return new SimulatedStory(
                seed,
                settings,
                partitions,
                guarantee,
                random.nextInt(4) == 0,
                seed % 4 == 3,
                !reusesIds,
                CAPACITIES.get(random.nextInt(CAPACITIES.size())),
                spread(arrivals(given, reusesIds, random), partitions, random));
    }

    private static List<EventRow> arrivals(RandomCase given, boolean reusesIds, Random random) {
        long graceMs = given.settings().grace().toMillis();
        List<EventRow> rows =
                Arrivals.shuffledWithinGrace(given.events(), random.nextInt(3) == 0 ? 2 * graceMs : graceMs, random);
        if (reusesIds) {
            rows = Arrivals.withReusedIds(rows, random);
        }
        if (random.nextBoolean()) {
            rows = Arrivals.withDuplicates(rows, random);
        }
        if (random.nextInt(3) == 0) {
            rows = Arrivals.withInvalid(rows, random);
        }
        if (random.nextInt(4) == 0) {
            long farMs = NOW.plus(Duration.ofDays(36_500)).toEpochMilli();
            rows.add(
                    random.nextInt(rows.size()),
                    EventRow.visit("far", rows.get(0).visitorId(), "mug", null, null, null, farMs));
        }
        return rows;
    }

    /** Each visitor lives in one partition, and each partition has visitors if there are enough. */
    private static List<Arrival> spread(List<EventRow> rows, int partitions, Random random) {
        Map<String, Integer> homes = new HashMap<>();
        List<Arrival> arrivals = new ArrayList<>();
        for (EventRow row : rows) {
            String visitor = row.withBlanksAbsent().visitorId();
            int home = visitor == null
                    ? random.nextInt(partitions)
                    : homes.computeIfAbsent(visitor, newcomer -> homes.size() % partitions);
            arrivals.add(new Arrival(home, row));
        }
        return arrivals;
    }

    /** Whose events arrive at this partition, as {@code ./weir forget} would name them. */
    List<String> visitorsOf(int partition) {
        return arrivals.stream()
                .filter(arrival -> arrival.partition() == partition)
                .map(arrival -> arrival.row().withBlanksAbsent().visitorId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    boolean exactlyOnce() {
        return guarantee == Guarantee.EXACTLY_ONCE;
    }

    PipelineSettings pipeline() {
        return pipeline(guarantee != Guarantee.AT_LEAST_ONCE);
    }

    /** The same for the totals, which may have less of a guarantee than the journeys. */
    PipelineSettings pipelineOfTotals() {
        return pipeline(exactlyOnce());
    }

    private PipelineSettings pipeline(boolean exactlyOnce) {
        Map<EventType, String> topics = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            topics.put(input, "weir." + input.plural());
        }
        // What idle partitions bring after retention is lost, which is documented and not what is looked for here.
        Duration kept = exactlyOnce() && !silences ? Duration.ofDays(2) : Duration.ofDays(10_000);
        return new PipelineSettings(
                topics,
                partitions,
                PipelineDriver.WINDOWS,
                PipelineDriver.LATE,
                PipelineDriver.DEAD,
                PipelineDriver.FORGET,
                new Rules(
                        settings.grace().toMillis(),
                        settings.landingWindow().toMillis(),
                        settings.attributionWindow().toMillis()),
                settings.windows(),
                settings.zone(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Map.of(WindowSize.MINUTE, kept, WindowSize.HOUR, kept, WindowSize.DAY, kept),
                Duration.ofDays(10_000),
                1024,
                512 * 1024,
                100_000,
                exactlyOnce);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + ": " + guarantee + ", " + partitions + " partitions, "
                + (silences ? "with silences, " : "") + (keyChanges ? "the key changes, " : "") + capacity
                + " objects on the heap, " + settings + "\n");
        arrivals.forEach(arrival -> text.append("  ").append(arrival).append('\n'));
        return text.toString();
    }
}
