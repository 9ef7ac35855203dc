package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BruteForce;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rolling windows follow from what each minute says of arrivals and departures; a failure names its seed. */
class RollingLawsTest {
    private static final int SEEDS = Integer.getInteger("weir.law.seeds", 3_000) / 3;
    private static final long MINUTE_MS = 60_000;

    @Test
    void everyFigureOfEveryRollingWindowIsThatOfTheLiteralReading() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            OracleSettings settings = given.settings().withWindows(WindowSize.MINUTE, WindowSize.DAY);
            Random random = new Random(seed);
            List<EventRow> arrivals = Arrivals.shuffledWithinGrace(
                    given.events(), settings.grace().toMillis(), random);
            DomainFold fold = new DomainFold(settings);
            fold.takeAll(arrivals);
            EventRow any = arrivals.get(random.nextInt(arrivals.size()));
            long endMs = Windowing.minuteStartMs(any.timeMs()) + random.nextInt(3) * MINUTE_MS;
            List<EventRow> accepted =
                    Acceptance.inArrivalOrder(arrivals, settings).accepted();
            assertThat(rolling(fold.tallies(), endMs))
                    .as("%s until %s", given, endMs)
                    .isEqualTo(BruteForce.rollingOf(accepted, settings, endMs));
        }
    }

    /** Lets all minutes before the end enter, and those before each window's start leave. */
    private static Map<List<String>, List<Long>> rolling(Map<WindowKey, Tally> tallies, long endMs) {
        Map<WindowKey, ComeBacks> comeBacks = comeBacks(tallies);
        Map<DimensionKey, RollingMeasures> rolling = new HashMap<>();
        tallies.forEach((key, tally) -> {
            RollingMeasures row = rolling.computeIfAbsent(key.key(), first -> new RollingMeasures());
            for (RollingWindow window : RollingWindow.values()) {
                if (key.size() == WindowSize.MINUTE && key.startMs() < endMs) {
                    row.enter(window, tally.toMeasures(), tally.seenBefore());
                }
                if (key.size() == WindowSize.MINUTE && key.startMs() < endMs - window.minutes() * MINUTE_MS) {
                    row.leave(window, tally.toMeasures(), comeBacks.getOrDefault(key, new ComeBacks()));
                }
            }
        });
        return asRows(rolling);
    }

    private static Map<WindowKey, ComeBacks> comeBacks(Map<WindowKey, Tally> tallies) {
        Map<WindowKey, ComeBacks> comeBacks = new HashMap<>();
        tallies.forEach((key, tally) -> tally.seenBefore().forEach((minutesAgo, visitors, buyers) -> {
            WindowKey earlier = new WindowKey(WindowSize.MINUTE, key.startMs() - minutesAgo * MINUTE_MS, key.key());
            comeBacks.computeIfAbsent(earlier, first -> new ComeBacks()).add(minutesAgo, visitors, buyers);
        }));
        comeBacks.replaceAll((key, row) -> storedAndRead(row));
        return comeBacks;
    }

    private static ComeBacks storedAndRead(ComeBacks row) {
        BinaryWriter out = new BinaryWriter();
        row.write(out);
        return ComeBacks.read(new BinaryReader(out.toByteArray()));
    }

    private static Map<List<String>, List<Long>> asRows(Map<DimensionKey, RollingMeasures> rolling) {
        Map<List<String>, List<Long>> rows = new HashMap<>();
        rolling.forEach((key, row) -> {
            BinaryWriter out = new BinaryWriter();
            row.copy().write(out);
            RollingMeasures read = RollingMeasures.read(new BinaryReader(out.toByteArray()));
            boolean zero = true;
            for (RollingWindow window : RollingWindow.values()) {
                Measures measures = read.of(window);
                zero &= measures.isZero();
                if (!measures.isZero()) {
                    rows.put(
                            cells(window.label(), key),
                            Arrays.stream(measures.toArray()).boxed().toList());
                }
            }
            assertThat(read.isZero()).isEqualTo(zero);
        });
        return rows;
    }

    private static List<String> cells(String label, DimensionKey key) {
        return List.of(
                label,
                "",
                key.dimension().label(),
                Objects.requireNonNullElse(key.productId(), ""),
                Objects.requireNonNullElse(key.source(), ""),
                Objects.requireNonNullElse(key.campaignId(), ""));
    }
}
