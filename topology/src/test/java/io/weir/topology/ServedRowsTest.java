package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.DomainFold;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ServedRowsTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final Duration ONE_PUBLICATION = Duration.ofSeconds(1);

    private static void sendVisits(PipelineDriver pipeline, long... timesMs) {
        for (long timeMs : timesMs) {
            pipeline.send(EventRow.visit("v" + timeMs, "ann", "mug", "search", null, null, timeMs));
        }
        pipeline.pass(ONE_PUBLICATION);
    }

    private static List<Long> starts(List<WindowRow> rows) {
        return rows.stream().map(WindowRow::startMs).toList();
    }

    @Test
    void aSeriesHoldsTheRowsWhoseWindowsStartInTheRangeAndNoOthers() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            sendVisits(pipeline, TEN, TEN + 60_000, TEN + 180_000, TEN + 240_000);
            ServedRows rows = pipeline.served(OracleSettings.DEFAULT);
            DimensionKey mug = DimensionKey.product("mug");
            assertThat(starts(rows.series(WindowSize.MINUTE, mug, TEN + 60_000, TEN + 240_000)))
                    .containsExactly(TEN + 60_000, TEN + 180_000);
            assertThat(starts(rows.series(WindowSize.MINUTE, mug, TEN + 1, TEN + 60_001)))
                    .containsExactly(TEN + 60_000);
            assertThat(rows.series(WindowSize.MINUTE, DimensionKey.product("pot"), TEN, TEN + 240_000))
                    .isEmpty();
            assertThat(rows.find(WindowSize.HOUR, TEN, mug)).isPresent();
            assertThat(rows.find(WindowSize.HOUR, TEN + 3_600_000, mug)).isEmpty();
        }
    }

    @Test
    void aWindowHoldsAllKeysOfOneDimension() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(EventRow.visit("v1", "ann", "mug", "search", null, null, TEN));
            pipeline.send(EventRow.visit("v2", "ann", "pot", "search", null, null, TEN + 1));
            pipeline.send(EventRow.visit("v3", "ann", "cup", "search", null, null, TEN + 60_000));
            pipeline.pass(ONE_PUBLICATION);
            List<WindowRow> rows = new ArrayList<>();
            pipeline.served(OracleSettings.DEFAULT).window(WindowSize.MINUTE, TEN, Dimension.PRODUCT, rows::add);
            assertThat(rows.stream().map(WindowRow::key))
                    .containsExactlyInAnyOrder(DimensionKey.product("mug"), DimensionKey.product("pot"));
        }
    }

    @Test
    void aRollingWindowOfOneKeyIsAsItWasTold() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            sendVisits(pipeline, TEN, TEN + 60_000, TEN + 600_000);
            ServedRows rows = pipeline.served(OracleSettings.DEFAULT);
            Measures lastHour = rows.rolling(RollingWindow.HOUR, DimensionKey.product("mug"))
                    .orElseThrow();
            assertThat(lastHour.get(Measure.VISITS)).isEqualTo(2);
            assertThat(lastHour.get(Measure.VISITORS)).isEqualTo(1);
            assertThat(rows.rolling(RollingWindow.HOUR, DimensionKey.product("pot")))
                    .isEmpty();
        }
    }

    @Test
    void theWatermarkIsTheOneThatIsStoredWithTheRowsAndNoneBeforeTheFirst() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            assertThat(pipeline.served(OracleSettings.DEFAULT).watermarkMs()).isEmpty();
            sendVisits(pipeline, TEN, TEN + 60_001);
            assertThat(pipeline.served(OracleSettings.DEFAULT).watermarkMs()).hasValue(TEN + 60_001);
        }
    }

    @Test
    void aDayUntilAnyMinuteIsWhatTheBatchComputationSaysVisitorsAndBuyersIncluded() {
        for (long seed = 0; seed < 20; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 120, 6);
            OracleSettings settings = given.settings().withWindows(WindowSize.MINUTE, WindowSize.DAY);
            Random random = new Random(seed);
            List<EventRow> arrivals = Arrivals.shuffledWithinGrace(
                    given.events(), settings.grace().toMillis(), random);
            Acceptance judged = Acceptance.inArrivalOrder(arrivals, settings);
            Windowing windowing = new Windowing(settings.windows(), settings.zone());
            LongStream times = judged.accepted().stream().mapToLong(EventRow::timeMs);
            long latestMs = times.max().orElse(TEN);
            long dayMs = windowing.startMs(WindowSize.DAY, latestMs);
            long untilMs = Windowing.minuteStartMs(latestMs - random.nextLong(latestMs - dayMs + 1)) + 60_000;
            try (PipelineDriver pipeline = new PipelineDriver(settings, NOW)) {
                pipeline.sendAll(arrivals);
                pipeline.pass(ONE_PUBLICATION);
                ServedRows rows = pipeline.served(settings);
                Map<WindowKey, Measures> found = new HashMap<>();
                rows.window(
                        WindowSize.DAY,
                        dayMs,
                        Dimension.SOURCE,
                        row -> found.put(
                                new WindowKey(WindowSize.DAY, 0, row.key()), rows.dayUntil(row.key(), dayMs, untilMs)));
                found.values().removeIf(Measures::isZero);
                List<String> expected = BatchOracle.spanCsv(judged, settings, dayMs, untilMs).stream()
                        .filter(line -> line.startsWith(",source,"))
                        .toList();
                assertThat(DomainFold.windowsCsv(found).stream().map(line -> "," + line.split(",", 3)[2]))
                        .as("%s until %s", given, Instant.ofEpochMilli(untilMs))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }
}
