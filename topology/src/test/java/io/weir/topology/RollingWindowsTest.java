package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.ExactSums;
import io.weir.domain.Measure;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingWindowsTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final Duration ONE_PUBLICATION = Duration.ofSeconds(1);

    private static EventRow visit(String id, String visitor, long timeMs) {
        return EventRow.visit(id, visitor, "mug", "search", null, null, timeMs);
    }

    /** Sends the events and publishes now and then; each time all rolling figures must be the batch computation's. */
    private static void assertExactThroughout(List<EventRow> arrivals, OracleSettings settings, int every, String why) {
        List<EventRow> sent = new ArrayList<>();
        try (PipelineDriver pipeline = new PipelineDriver(settings, NOW)) {
            for (int from = 0; from < arrivals.size(); from += every) {
                List<EventRow> part = arrivals.subList(from, Math.min(from + every, arrivals.size()));
                pipeline.sendAll(part);
                sent.addAll(part);
                pipeline.pass(ONE_PUBLICATION);
                Acceptance judged = Acceptance.inArrivalOrder(sent, settings);
                assertThat(pipeline.rollingCsv())
                        .as("%s, after %s events", why, sent.size())
                        .containsExactlyInAnyOrderElementsOf(
                                BatchOracle.rollingCsv(judged, settings, pipeline.rollingEndMs()));
            }
        }
    }

    @Test
    void everyFigureOfEveryRollingWindowIsTheBatchComputationsInAnyOrderOfArrival() {
        for (long seed = 0; seed < 30; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 120, 6);
            Random random = new Random(seed);
            long graceMs = given.settings().grace().toMillis();
            List<EventRow> arrivals =
                    Arrivals.withDuplicates(Arrivals.shuffledWithinGrace(given.events(), graceMs, random), random);
            OracleSettings settings = given.settings().withWindows(WindowSize.MINUTE, WindowSize.DAY);
            assertExactThroughout(arrivals, settings, 60, given.toString());
        }
    }

    @Test
    void visitorsWhoComeAgainAfterAnyGapCountOnceInEachWindow() {
        long minute = 60_000;
        int[] gaps = {0, 1, 4, 5, 6, 59, 60, 61, 1439, 1440, 1441};
        for (long seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            List<EventRow> events = new ArrayList<>();
            long timeMs = TEN;
            for (int i = 0; i < 60; i++) {
                timeMs += gaps[random.nextInt(gaps.length)] * minute * random.nextInt(2) + random.nextInt(90_000);
                String visitor = "visitor" + random.nextInt(4);
                events.add(
                        random.nextInt(4) == 0
                                ? EventRow.payment("p" + i, visitor, "mug", 1, 5_000_000, timeMs)
                                : visit("v" + i, visitor, timeMs));
            }
            assertExactThroughout(
                    Arrivals.shuffledWithinGrace(events, 600_000, random), OracleSettings.DEFAULT, 7, "seed " + seed);
        }
    }

    @Test
    void aVisitBehindTheWatermarkMovesAWindowThatHasAlreadyPassedIt() {
        assertExactThroughout(
                List.of(
                        visit("v1", "ann", TEN),
                        visit("v2", "bob", TEN + 6 * 60_000),
                        visit("v3", "ann", TEN + 60_000),
                        visit("v4", "ann", TEN + 120_000)),
                OracleSettings.DEFAULT,
                1,
                "late");
    }

    @Test
    void aRollingSumThatLeavesTheRangeSaysSoAndIsExactAgainWhenTheMinutesHaveLeft() {
        OracleSettings minutes = OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE);
        long most = WindowTotals.GREATEST_SUM;
        try (PipelineDriver pipeline = new PipelineDriver(minutes, NOW)) {
            for (int i = 0; i < 1_030; i++) {
                pipeline.send(EventRow.payment("p" + i, "ann", "mug", 1, most, TEN + i * 60_000L));
            }
            pipeline.pass(ONE_PUBLICATION);
            assertThat(revenue(pipeline, "24h")).isEqualTo(ExactSums.BEYOND);
            assertThat(revenue(pipeline, "1h")).isEqualTo(60 * most);
            pipeline.send(EventRow.payment("p", "ann", "mug", 1, 5, TEN + 1_460 * 60_000L));
            pipeline.send(visit("v", "ann", TEN + 1_461 * 60_000L));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(revenue(pipeline, "24h")).isEqualTo(1_009 * most + 5);
        }
    }

    private static long revenue(PipelineDriver pipeline, String window) {
        String total = pipeline.rollingCsv().stream()
                .filter(row -> row.startsWith(window + ",total,"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.split(",", -1)[5 + Measure.REVENUE_MICROS.ordinal()]);
    }
}
