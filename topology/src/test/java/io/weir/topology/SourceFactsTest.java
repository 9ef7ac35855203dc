package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Dimension;
import io.weir.domain.EventType;
import io.weir.domain.FactsBySource;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.oracle.Arrivals;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import io.weir.schema.WindowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceFactsTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final Duration ONE_PUBLICATION = Duration.ofSeconds(1);

    @Test
    void aCreditThatMovesIsAddedToTheReversalsAndNeverTakenFromTheCredits() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(EventRow.click("c1", "ann", "mug", "ads", null, 700, TEN));
            pipeline.send(EventRow.payment("p1", "ann", "mug", 1, 5_000, TEN + 2_000));
            pipeline.send(EventRow.visit("v1", "ann", "mug", "mail", null, null, TEN + 1_000));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.facts())
                    .isEqualTo(Map.of(
                            "ads", new SourceFacts(1, 700, 1, 5_000, 1, 5_000),
                            "mail", new SourceFacts(0, 0, 1, 5_000, 0, 0)));
        }
    }

    @Test
    void creditsLessReversalsAreWhatTheWindowsAddUpTo() {
        for (long seed = 0; seed < 20; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 120, 6);
            OracleSettings settings = given.settings().withWindows(WindowSize.DAY);
            Random random = new Random(seed);
            try (PipelineDriver pipeline = new PipelineDriver(settings, NOW)) {
                pipeline.sendAll(Arrivals.shuffledWithinGrace(
                        given.events(), settings.grace().toMillis(), random));
                pipeline.pass(ONE_PUBLICATION);
                pipeline.pass(ONE_PUBLICATION);
                Map<String, Measures> bySource = bySource(pipeline);
                Map<String, Measures> counted = new HashMap<>();
                pipeline.facts().forEach((source, facts) -> counted.put(source, net(facts)));
                counted.values().removeIf(Measures::isZero);
                assertThat(counted).as("%s", given).isEqualTo(bySource);
            }
        }
    }

    private static Map<String, Measures> bySource(PipelineDriver pipeline) {
        Map<WindowKey, Measures> last = new HashMap<>();
        for (WindowResult result : pipeline.results()) {
            WindowRow row = WindowResults.read(result);
            last.put(new WindowKey(row.size(), row.startMs(), row.key()), row.measures());
        }
        Map<String, Measures> sums = new HashMap<>();
        last.forEach((key, measures) -> {
            if (key.key().dimension() == Dimension.SOURCE) {
                Measures kept = of(
                        measures.get(Measure.CLICKS),
                        measures.get(Measure.COST_MICROS),
                        measures.get(Measure.PAYMENTS),
                        measures.get(Measure.REVENUE_MICROS));
                sums.merge(key.key().source(), kept, Measures::plus);
            }
        });
        sums.values().removeIf(Measures::isZero);
        return sums;
    }

    private static Measures net(SourceFacts facts) {
        return of(
                facts.clicks(),
                facts.costMicros(),
                facts.creditedPayments() - facts.reversedPayments(),
                facts.creditedRevenueMicros() - facts.reversedRevenueMicros());
    }

    private static Measures of(long clicks, long costMicros, long payments, long revenueMicros) {
        return Measures.of(clicks, costMicros, 0, 0, 0, payments, 0, 0, revenueMicros, 0, 0);
    }

    @Test
    void sourcesBeyondTheBoundAreCountedAsOne() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            for (int i = 0; i < FactsBySource.MOST_SOURCES + 5; i++) {
                pipeline.send(EventRow.click("c" + i, "ann", "mug", "source" + i, null, 10, TEN + i));
            }
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.facts()).hasSize(FactsBySource.MOST_SOURCES + 1);
            assertThat(pipeline.facts().get(FactsBySource.OTHER)).isEqualTo(new SourceFacts(5, 50, 0, 0, 0, 0));
        }
    }

    @Test
    void aGreatPaymentWhoseCreditMovesThousandsOfTimesStopsNothing() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(EventRow.payment("p", "ann", "mug", 1, WindowTotals.GREATEST_SUM, TEN + 9_000));
            int moves = 2_100;
            for (int i = 0; i < moves; i++) {
                pipeline.send(EventRow.click("c" + i, "ann", "mug", i % 2 == 0 ? "ads" : "mail", null, 0, TEN + i));
            }
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.ledger().get(EventType.CLICK, Outcome.ACCEPTED)).isEqualTo(moves);
            long full = SourceFacts.FULL;
            assertThat(pipeline.facts())
                    .containsEntry("ads", new SourceFacts(1_050, 0, 1_050, full, 1_050, full))
                    .containsEntry("mail", new SourceFacts(1_050, 0, 1_050, full, 1_049, full));
            assertThat(pipeline.windowsCsv())
                    .contains("1d,2026-01-05T00:00:00Z,source,,mail,,1050,0,0,0,0,1,1,1," + WindowTotals.GREATEST_SUM
                            + ",0,0");
        }
    }
}
