package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import io.weir.domain.ComeBacks;
import io.weir.domain.Credit;
import io.weir.domain.Credits;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import io.weir.domain.Journey;
import io.weir.domain.Measures;
import io.weir.domain.RollingMeasures;
import io.weir.domain.RollingWindow;
import io.weir.domain.Rules;
import io.weir.domain.SeenBefore;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a row of each store takes up, on the demo's traffic in four partitions. The documentation states these sizes; more
 * than that would be news. {@code -Dweir.sizes.events=1728000} measures as the documentation does, with 4 GB of heap.
 */
class StoreSizeTest {
    private static final long START_MS = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final int EVENTS = Integer.getInteger("weir.sizes.events", 200_000);
    private static final int PARTITIONS = 4;
    private static final long MINUTE_MS = 60_000;
    private static final List<Integer> EVENT_COUNTS = List.of(1, 5, 20);

    private static final Rules RULES = new Rules(
            Duration.ofMinutes(10).toMillis(),
            Duration.ofMinutes(30).toMillis(),
            Duration.ofDays(7).toMillis());
    private static final Windowing WINDOWING = new Windowing(EnumSet.allOf(WindowSize.class), ZoneOffset.UTC);
    private static final Formats.Journeys JOURNEYS = new Formats.Journeys(RULES, WINDOWING);

    /** By what is measured: bytes of the keys and of the values. */
    private static final Map<String, Bytes> MEASURED = new TreeMap<>();

    private static final class Bytes {
        private final List<Integer> values = new ArrayList<>();
        private long keyBytes;

        void add(byte[] key, byte[] value) {
            keyBytes += key.length;
            values.add(value.length);
        }

        double meanKey() {
            return (double) keyBytes / values.size();
        }

        double meanValue() {
            return values.stream().mapToInt(size -> size).average().orElseThrow();
        }

        int ninetyPercentHaveAtMost() {
            return values.stream().sorted().toList().get((int) Math.ceil(values.size() * 0.9) - 1);
        }
    }

    /** One partition's visitors and what they add up to. */
    private static final class Partition implements WindowTotals.Tallies {
        private final Map<String, Journey> journeys = new HashMap<>();
        private final Map<String, Integer> events = new HashMap<>();
        private final Map<WindowKey, Tally> tallies = new HashMap<>();
        private final WindowTotals totals = new WindowTotals(WINDOWING, this);
        private long streamTimeMs = Journey.NO_STREAM_TIME;

        @Override
        public Tally toChange(WindowSize size, long startMs, DimensionKey key) {
            return tallies.computeIfAbsent(new WindowKey(size, startMs, key), none -> new Tally());
        }

        @Override
        public @Nullable Tally find(WindowKey key) {
            return tallies.get(key);
        }

        void accept(Event event, Credits credits) {
            Journey journey = journeys.computeIfAbsent(event.visitorId(), none -> new Journey(RULES, WINDOWING));
            journey.assess(event, streamTimeMs);
            journey.accept(event, totals, credits);
            streamTimeMs = Math.max(streamTimeMs, event.timeMs());
            int count = events.merge(event.visitorId(), 1, Integer::sum);
            if (EVENT_COUNTS.contains(count)) {
                measureJourney(event, journey, "after %2d events".formatted(count));
            }
        }

        private void measureJourney(Event event, Journey journey, String when) {
            byte[] key = JOURNEYS.keyToBytes(event.visitorId());
            byte[] value = JOURNEYS.valueToBytes(journey);
            measured("journey " + when).add(key, value);
            Journey settled = JOURNEYS.valueFromBytes(event.visitorId(), value);
            settled.assess(event, streamTimeMs + RULES.graceMs() + 1);
            measured("journey " + when + ", settled").add(key, JOURNEYS.valueToBytes(settled));
        }
    }

    private static Bytes measured(String what) {
        return MEASURED.computeIfAbsent(what, none -> new Bytes());
    }

    @BeforeAll
    static void measure() {
        List<Partition> partitions =
                IntStream.range(0, PARTITIONS).mapToObj(each -> new Partition()).toList();
        Map<CreditKey, Credit> credits = new HashMap<>();
        ShopTraffic traffic = new ShopTraffic(TrafficSettings.shop(1, START_MS, 20));
        for (int i = 0; i < EVENTS; i++) {
            Event event = traffic.next();
            partitions
                    .get(Math.floorMod(event.visitorId().hashCode(), PARTITIONS))
                    .accept(event, credit -> credits.put(new CreditKey(credit.orderId(), credit.paymentId()), credit));
        }
        for (Partition partition : partitions) {
            partition.journeys.forEach((visitor, journey) -> measured("journey of all, at the end")
                    .add(JOURNEYS.keyToBytes(visitor), JOURNEYS.valueToBytes(journey)));
        }
        Formats.Credits form = new Formats.Credits();
        credits.forEach((key, credit) -> measured("credit").add(form.keyToBytes(key), form.valueToBytes(credit)));
        Map<WindowKey, TotalRow> rows = measureWindows(partitions);
        long endMs = Windowing.minuteStartMs(partitions.stream()
                .mapToLong(partition -> partition.streamTimeMs)
                .max()
                .orElseThrow());
        measureRolling(rows, measureComeBacks(rows), endMs);
        MEASURED.forEach((what, bytes) -> System.out.printf(
                "%-32s %,9d rows, key %5.1f, value %6.1f bytes, 90 %% at most %,d%n",
                what, bytes.values.size(), bytes.meanKey(), bytes.meanValue(), bytes.ninetyPercentHaveAtMost()));
    }

    private static Map<WindowKey, TotalRow> measureWindows(List<Partition> partitions) {
        Formats.Tallies tallies = new Formats.Tallies();
        Formats.TotalRows totals = new Formats.TotalRows();
        Map<WindowKey, TotalRow> rows = new HashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            int partition = i;
            partitions
                    .get(i)
                    .tallies
                    .forEach((key, tally) -> rows.computeIfAbsent(key, none -> sentOnce())
                            .replace(partition, tally.toMeasures(), tally.seenBefore(), new SeenBefore()));
        }
        rows.forEach((key, row) -> {
            Tally all = new Tally(row.sum(), row.seenBefore());
            TotalRow ofOne = sentOnce();
            ofOne.replace(0, all.toMeasures(), all.seenBefore(), new SeenBefore());
            String window = key.size().label();
            byte[] keyBytes = totals.keyToBytes(key);
            measured("partition-totals " + window).add(keyBytes, tallies.valueToBytes(new PartitionTally(all)));
            measured("totals " + window + ", 1 partition").add(keyBytes, totals.valueToBytes(ofOne));
            measured("totals " + window + ", 4 partitions").add(keyBytes, totals.valueToBytes(row));
        });
        return rows;
    }

    private static TotalRow sentOnce() {
        TotalRow row = new TotalRow();
        row.becomeDue();
        row.markSent();
        return row;
    }

    /** As {@link RollingTotals} counts them, when all is there. */
    private static Map<WindowKey, ComeBacks> measureComeBacks(Map<WindowKey, TotalRow> rows) {
        Map<WindowKey, ComeBacks> comeBacks = new HashMap<>();
        rows.forEach((key, row) -> row.seenBefore()
                .forEach((minutesAgo, visitors, buyers) -> comeBacks
                        .computeIfAbsent(
                                new WindowKey(WindowSize.MINUTE, key.startMs() - minutesAgo * MINUTE_MS, key.key()),
                                none -> new ComeBacks())
                        .add(minutesAgo, visitors, buyers)));
        Formats.ComeBackCounts form = new Formats.ComeBackCounts();
        comeBacks.forEach((key, counts) -> measured("come-backs").add(form.keyToBytes(key), form.valueToBytes(counts)));
        return comeBacks;
    }

    private static void measureRolling(Map<WindowKey, TotalRow> rows, Map<WindowKey, ComeBacks> comeBacks, long endMs) {
        Map<DimensionKey, RollingMeasures> rolling = new HashMap<>();
        rows.forEach((key, row) -> {
            if (key.size() != WindowSize.MINUTE || key.startMs() >= endMs) {
                return;
            }
            Measures sum = row.sum();
            RollingMeasures now = rolling.computeIfAbsent(key.key(), none -> new RollingMeasures());
            for (RollingWindow window : RollingWindow.values()) {
                now.enter(window, sum, row.seenBefore());
                if (key.startMs() < endMs - window.minutes() * MINUTE_MS) {
                    now.leave(window, sum, comeBacks.getOrDefault(key, new ComeBacks()));
                }
            }
        });
        Formats.Rolling form = new Formats.Rolling();
        rolling.forEach((key, now) -> measured("rolling").add(form.keyToBytes(key), form.valueToBytes(now)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    journey after  1 events    |  40 |  90
                    journey after  5 events    | 150 | 260
                    journey after 20 events    | 450 | 800
                    journey of all, at the end | 100 | 180
                    credit                     |  70 | 140
                    partition-totals 1m        |  13 |  20
                    partition-totals 1h        |  13 |  22
                    partition-totals 1d        |  14 |  26
                    totals 1m, 1 partition     |  17 |  25
                    totals 1h, 1 partition     |  17 |  27
                    totals 1d, 1 partition     |  18 |  31
                    totals 1m, 4 partitions    |  22 |  40
                    totals 1h, 4 partitions    |  38 |  75
                    totals 1d, 4 partitions    |  55 |  95
                    come-backs                 |   6 |  10
                    rolling                    |  33 |  60
                    """)
    void aRowTakesAsManyBytesAsTheDocumentationSays(String what, double least, double most) {
        assertThat(measured(what).meanValue()).isBetween(least, most);
    }

    @Test
    void keysTakeTensOfBytes() {
        assertThat(MEASURED.values())
                .allSatisfy(bytes -> assertThat(bytes.meanKey()).isBetween(10.0, 40.0));
    }

    @Test
    void settledJourneysAreNoLarger() {
        for (int count : EVENT_COUNTS) {
            Bytes open = measured("journey after %2d events".formatted(count));
            Bytes settled = measured("journey after %2d events, settled".formatted(count));
            assertThat(settled.meanValue()).isLessThan(open.meanValue() + 1);
        }
    }
}
