package io.weir.app.http;

import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.today;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.LiveFigures;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.WindowSize;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoardReportTest {
    private static final Instant NOW = Instant.ofEpochMilli(TODAY_MS + 5_000);
    private static final BoardSettings SETTINGS =
            new BoardSettings("CNY", ZoneOffset.UTC, 30, 0.5, () -> 4, true, "planted");

    private final LiveFigures live = FigureRows.live();
    private final BoardReport report = new BoardReport(live, SETTINGS, () -> NOW);

    private BoardSnapshot snapshot() {
        return report.snapshot(EnumSet.allOf(WindowSize.class), 50);
    }

    @Test
    void anEmptyBoardHasNoFiguresAndNoTimesRatherThanZeros() {
        BoardSnapshot snapshot = snapshot();
        assertThat(snapshot.windows()).isEmpty();
        assertThat(snapshot.dataAsOf()).isNull();
        assertThat(snapshot.streamTime()).isNull();
        assertThat(snapshot.secondsBehind()).isNull();
        assertThat(snapshot.inputs().get("clicks").read()).isZero();
    }

    @Test
    void ratiosAreThoseOfTheSummedMeasures() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(
                0,
                today(
                        DimensionKey.TOTAL,
                        Map.of(
                                Measure.CLICKS, 80L,
                                Measure.COST_MICROS, 100_000_000L,
                                Measure.LANDINGS, 60L,
                                Measure.VISITORS, 200L,
                                Measure.BUYERS, 10L,
                                Measure.REVENUE_MICROS, 500_000_000L)),
                Measures.ZERO);
        assertThat(snapshot().windows().get("1d").total().ratios())
                .containsExactly(
                        entry("conversion_rate", 0.05),
                        entry("revenue_per_buyer", 50.0),
                        entry("visitor_value", 2.5),
                        entry("visitor_cost", 0.5),
                        entry("cost_per_click", 1.25),
                        entry("landing_rate", 0.75),
                        entry("roas", 5.0),
                        entry("roi", 1.5));
    }

    @Test
    void aRatioWithAZeroDenominatorIsNull() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(0, today(DimensionKey.TOTAL, Map.of(Measure.REVENUE_MICROS, 5L)), Measures.ZERO);
        assertThat(snapshot().windows().get("1d").total().ratios().values()).containsOnlyNulls();
    }

    @Test
    void figuresOnFewVisitorsAreMarkedUnreliable() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(0, today(DimensionKey.source("few"), visitors(29)), Measures.ZERO);
        live.rowChanged(0, today(DimensionKey.source("enough"), visitors(30)), Measures.ZERO);
        assertThat(snapshot().windows().get("1d").sources().lines())
                .extracting(BoardSnapshot.Line::source, BoardSnapshot.Line::reliable)
                .containsExactly(tuple("enough", true), tuple("few", false));
    }

    @Test
    void onlyTheBusiestKeysAreListedButAllAreCounted() {
        live.watermarkAdvanced(0, TODAY_MS);
        for (int i = 0; i < 60; i++) {
            live.rowChanged(0, today(DimensionKey.product("p" + i), visitors(i + 1)), Measures.ZERO);
        }
        BoardSnapshot.Ranking products =
                report.snapshot(Set.of(WindowSize.DAY), 7).windows().get("1d").products();
        assertThat(products.keys()).isEqualTo(60);
        assertThat(products.lines()).hasSize(7);
        assertThat(products.lines().get(0).product()).isEqualTo("p59");
    }

    @Test
    void underEachSizeStandsWhatIsCurrent() {
        live.rowChanged(0, today(DimensionKey.TOTAL, visitors(9)), Measures.ZERO);
        live.rowChanged(0, row(WindowSize.MINUTE, TODAY_MS + 60_000, DimensionKey.TOTAL, visitors(4)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS + 125_000);
        BoardSnapshot snapshot = snapshot();
        assertThat(snapshot.windows()).containsOnlyKeys("1m", "1h", "1d");
        assertThat(snapshot.windows().get("1m").start()).isEqualTo("2026-03-02T00:01:00Z");
        assertThat(snapshot.windows().get("1m").end()).isEqualTo("2026-03-02T00:02:00Z");
        assertThat(snapshot.windows().get("1m").total().measures()).containsEntry("visitors", 4L);
        assertThat(snapshot.windows().get("1d").total().measures()).containsEntry("visitors", 9L);
        assertThat(report.snapshot(Set.of(WindowSize.HOUR), 50).windows()).containsOnlyKeys("1h");
    }

    @Test
    void theTotalIsMissingWhereAnotherInstanceOwnsIt() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(0, today(DimensionKey.source("weibo"), visitors(40)), Measures.ZERO);
        assertThat(snapshot().windows().get("1d").total()).isNull();
    }

    @Test
    void itSaysHowFarTheFiguresAreBehindAndWhatShareThisInstanceShows() {
        live.watermarkAdvanced(0, TODAY_MS + 2_500);
        live.inputProgressed(FigureRows.progress(0, new Ledger(), TODAY_MS + 4_000), Map.of());
        live.inputProgressed(FigureRows.progress(1, new Ledger(), TODAY_MS + 3_000), Map.of());
        BoardSnapshot snapshot = snapshot();
        assertThat(snapshot.secondsBehind()).isEqualTo(2.5);
        assertThat(snapshot.dataAsOf()).isEqualTo("2026-03-02T00:00:02.500Z");
        assertThat(snapshot.streamTime()).isEqualTo("2026-03-02T00:00:04Z");
        assertThat(snapshot.partitions()).isEqualTo(new BoardSnapshot.Partitions(2, 4, 1, 4));
        assertThat(snapshot.generatedTraffic()).isTrue();
        assertThat(snapshot.notice()).isEqualTo("planted");
    }

    @Test
    void aWatermarkAheadOfTheClockIsNotANegativeDelay() {
        live.watermarkAdvanced(0, TODAY_MS + 60_000);
        assertThat(snapshot().secondsBehind()).isZero();
    }

    @Test
    void ledgersOfAllOwnedPartitionsAreAddedUp() {
        Ledger first = new Ledger();
        first.count(EventType.CLICK, Outcome.ACCEPTED);
        first.countRejected(EventType.CLICK, Rejection.NEGATIVE_COST);
        Ledger second = new Ledger();
        second.count(EventType.CLICK, Outcome.LATE);
        second.count(EventType.CLICK, Outcome.DUPLICATE);
        live.inputProgressed(FigureRows.progress(0, first, 1), Map.of());
        live.inputProgressed(FigureRows.progress(1, second, 1), Map.of());
        BoardSnapshot.Input clicks = snapshot().inputs().get("clicks");
        assertThat(clicks.read()).isEqualTo(4);
        assertThat(clicks.accepted() + clicks.duplicate() + clicks.late() + clicks.rejected())
                .isEqualTo(4);
        assertThat(clicks.rejectedByReason())
                .containsExactly(new BoardSnapshot.Reason("negative_cost", Rejection.NEGATIVE_COST.meaning(), 1));
    }
}
