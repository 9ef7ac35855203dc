package io.weir.app.figures;

import static io.weir.app.figures.FigureRows.DAY_MS;
import static io.weir.app.figures.FigureRows.GRACE_MS;
import static io.weir.app.figures.FigureRows.MINUTE_MS;
import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.today;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.ExactSums;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowSize;
import io.weir.topology.FiguresListener.RollingChange;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveFiguresTest {
    private static final Comparator<Figure> BUSIEST = Ranking.by("visitors", true, 1);
    private static final DimensionKey WEIBO = DimensionKey.source("weibo");

    private final LiveFigures live = FigureRows.live();

    private Standing todays(Dimension dimension) {
        return live.standing(Period.TODAY, dimension, BUSIEST, Integer.MAX_VALUE);
    }

    private void minute(long startMs, DimensionKey key, long visitors) {
        live.rowChanged(0, row(WindowSize.MINUTE, startMs, key, visitors(visitors)), Measures.ZERO);
    }

    private long lastMinutesVisits(DimensionKey key) {
        return live.find(Period.LAST_MINUTE, key)
                .map(figure -> figure.measures().get(Measure.VISITS))
                .orElse(0L);
    }

    @Test
    void aDayAndAMinuteThatHaveJustGoneByCanStillBeAskedFor() {
        live.watermarkAdvanced(0, TODAY_MS - 1_000);
        live.rowChanged(0, row(WindowSize.DAY, TODAY_MS - DAY_MS, WEIBO, visitors(3)), Measures.ZERO);
        minute(TODAY_MS - 2 * MINUTE_MS, WEIBO, 2);
        live.watermarkAdvanced(0, TODAY_MS + 1_000);
        long beforeMs = TODAY_MS - 1_000;
        assertThat(live.span(Period.TODAY, beforeMs).orElseThrow().startMs()).isEqualTo(TODAY_MS - DAY_MS);
        assertThat(live.standing(Period.TODAY, beforeMs, Dimension.SOURCE, BUSIEST, 1)
                        .rows())
                .containsExactly(new Figure(WEIBO, measures(visitors(3))));
        assertThat(live.standing(Period.LAST_MINUTE, beforeMs, Dimension.SOURCE, BUSIEST, 1)
                        .rows())
                .containsExactly(new Figure(WEIBO, measures(visitors(2))));
        assertThat(live.span(Period.LAST_MINUTE).orElseThrow().startMs()).isEqualTo(TODAY_MS - MINUTE_MS);
    }

    @Test
    void aNewRevisionReplacesTheRowAndMovesTheSum() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(0, today(WEIBO, visitors(1)), Measures.ZERO);
        live.rowChanged(0, today(WEIBO, visitors(4)), measures(visitors(1)));
        live.rowChanged(0, today(DimensionKey.source("search"), visitors(3)), Measures.ZERO);
        assertThat(todays(Dimension.SOURCE).rows())
                .containsExactly(
                        new Figure(WEIBO, measures(visitors(4))),
                        new Figure(DimensionKey.source("search"), measures(visitors(3))));
        assertThat(todays(Dimension.SOURCE).keys()).isEqualTo(2);
        assertThat(todays(Dimension.SOURCE).sum()).isEqualTo(measures(Map.of(Measure.VISITS, 7L)));
    }

    @Test
    void aRowThatWentBackToZeroIsNoKeyAnyMore() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(0, today(WEIBO, visitors(1)), Measures.ZERO);
        live.rowChanged(0, today(WEIBO, Map.of()), measures(visitors(1)));
        assertThat(todays(Dimension.SOURCE)).isEqualTo(Standing.EMPTY);
        assertThat(live.find(Period.TODAY, WEIBO)).isEmpty();
    }

    @Test
    void rowsOfAllPartitionsComeTogetherInTheOrderAskedForUpToTheLimit() {
        for (int partition = 0; partition < 3; partition++) {
            live.watermarkAdvanced(partition, TODAY_MS);
        }
        live.rowChanged(0, today(DimensionKey.product("b"), visitors(5)), Measures.ZERO);
        live.rowChanged(1, today(DimensionKey.product("c"), visitors(9)), Measures.ZERO);
        live.rowChanged(2, today(DimensionKey.product("a"), visitors(5)), Measures.ZERO);
        assertThat(todays(Dimension.PRODUCT).rows())
                .extracting(figure -> figure.key().productId())
                .containsExactly("c", "a", "b");
        Standing two = live.standing(Period.TODAY, Dimension.PRODUCT, BUSIEST, 2);
        assertThat(two.rows()).extracting(figure -> figure.key().productId()).containsExactly("c", "a");
        assertThat(two.keys()).isEqualTo(3);
        assertThat(two.sum().get(Measure.VISITS)).isEqualTo(19);
    }

    @Test
    void nothingIsShownOfAPartitionBeforeAllOfItHasBeenTold() {
        live.rowChanged(0, today(WEIBO, visitors(5)), Measures.ZERO);
        assertThat(live.ownedTotals()).isEmpty();
        assertThat(live.span(Period.TODAY)).isEmpty();
        assertThat(todays(Dimension.SOURCE)).isEqualTo(Standing.EMPTY);
        live.watermarkAdvanced(0, TODAY_MS);
        assertThat(live.ownedTotals()).containsExactly(0);
        assertThat(todays(Dimension.SOURCE).keys()).isEqualTo(1);
    }

    @Test
    void aRevokedPartitionTakesItsFiguresAndItsWatermarkAway() {
        live.rowChanged(0, today(WEIBO, visitors(5)), Measures.ZERO);
        live.rowChanged(1, today(DimensionKey.source("search"), visitors(9)), Measures.ZERO);
        live.rollingChanged(0, RollingWindow.HOUR, WEIBO, measures(visitors(5)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS + 10);
        live.watermarkAdvanced(1, TODAY_MS + 99);

        live.totalsRevoked(0);

        assertThat(todays(Dimension.SOURCE).rows())
                .extracting(figure -> figure.key().source())
                .containsExactly("search");
        assertThat(todays(Dimension.SOURCE).sum().get(Measure.VISITS)).isEqualTo(9);
        assertThat(live.find(Period.HOUR, WEIBO)).isEmpty();
        assertThat(live.watermarkMs()).hasValue(TODAY_MS + 99);
        assertThat(live.ownedTotals()).containsExactly(1);
    }

    @Test
    void theWatermarkIsThatOfTheSlowestPartition() {
        assertThat(live.watermarkMs()).isEmpty();
        live.watermarkAdvanced(0, 500);
        live.watermarkAdvanced(1, 400);
        assertThat(live.watermarkMs()).hasValue(400);
    }

    @Test
    void inputsKeepTheirLatestProgressAndFactsUntilTheyAreRevoked() {
        SourceFacts facts = new SourceFacts(1, 2, 3, 4, 5, 6);
        live.inputProgressed(FigureRows.progress(3, new Ledger(), Long.MIN_VALUE), Map.of());
        assertThat(live.streamTimeMs()).isEmpty();
        live.inputProgressed(FigureRows.progress(3, new Ledger(), 70), Map.of("weibo", facts));
        live.inputProgressed(FigureRows.progress(1, new Ledger(), 60), Map.of());
        assertThat(live.streamTimeMs()).hasValue(70);
        assertThat(live.inputs().keySet()).containsExactly(1, 3);
        assertThat(live.facts()).containsEntry(3, Map.of("weibo", facts));
        live.inputRevoked(3);
        assertThat(live.streamTimeMs()).hasValue(60);
        assertThat(live.facts()).containsOnlyKeys(1);
    }

    @Test
    void todayTurnsWhenTheWatermarkEntersTheNextDayNotWhenItsFirstRowsArrive() {
        live.rowChanged(0, today(DimensionKey.TOTAL, visitors(1)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS + DAY_MS - 1);
        live.rowChanged(0, row(WindowSize.DAY, TODAY_MS + DAY_MS, DimensionKey.TOTAL, visitors(7)), Measures.ZERO);
        assertThat(todays(Dimension.TOTAL).rows().get(0).measures()).isEqualTo(measures(visitors(1)));
        assertThat(live.span(Period.TODAY)).hasValue(new Span(TODAY_MS, TODAY_MS + DAY_MS, false));

        live.watermarkAdvanced(0, TODAY_MS + DAY_MS);

        assertThat(todays(Dimension.TOTAL).rows().get(0).measures()).isEqualTo(measures(visitors(7)));
        assertThat(live.span(Period.TODAY)).hasValue(new Span(TODAY_MS + DAY_MS, TODAY_MS + 2 * DAY_MS, false));
    }

    @Test
    void atMidnightAPartitionThatIsAheadStillShowsTheDayOfTheOneBehind() {
        live.rowChanged(0, today(WEIBO, visitors(1)), Measures.ZERO);
        live.rowChanged(0, row(WindowSize.DAY, TODAY_MS + DAY_MS, WEIBO, visitors(7)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS + DAY_MS + 3_000);
        live.watermarkAdvanced(1, TODAY_MS + DAY_MS - 1_000);
        assertThat(live.find(Period.TODAY, WEIBO)).hasValue(new Figure(WEIBO, measures(visitors(1))));
        live.watermarkAdvanced(1, TODAY_MS + DAY_MS + 1_000);
        assertThat(live.find(Period.TODAY, WEIBO)).hasValue(new Figure(WEIBO, measures(visitors(7))));
    }

    @Test
    void aDayIsACalendarDayInTheShopsZone() {
        LiveFigures shanghai =
                new LiveFigures(EnumSet.allOf(WindowSize.class), ZoneId.of("Asia/Shanghai"), GRACE_MS, BUSIEST, 100);
        shanghai.watermarkAdvanced(0, TODAY_MS);
        long midnightMs = TODAY_MS - 8 * 60 * MINUTE_MS;
        assertThat(shanghai.span(Period.TODAY)).hasValue(new Span(midnightMs, midnightMs + DAY_MS, false));
    }

    @Test
    void theLastMinuteIsTheOneThatEndedAtTheWatermarksWholeMinute() {
        minute(TODAY_MS, WEIBO, 3);
        minute(TODAY_MS + MINUTE_MS, WEIBO, 4);
        minute(TODAY_MS + 2 * MINUTE_MS, WEIBO, 5);
        live.watermarkAdvanced(0, TODAY_MS + 2 * MINUTE_MS - 1);
        assertThat(lastMinutesVisits(WEIBO)).isEqualTo(3);
        live.watermarkAdvanced(0, TODAY_MS + 2 * MINUTE_MS);
        assertThat(lastMinutesVisits(WEIBO)).isEqualTo(4);
        assertThat(live.span(Period.LAST_MINUTE))
                .hasValue(new Span(TODAY_MS + MINUTE_MS, TODAY_MS + 2 * MINUTE_MS, false));
        live.watermarkAdvanced(0, TODAY_MS + 9 * MINUTE_MS);
        assertThat(lastMinutesVisits(WEIBO)).isZero();
    }

    @ParameterizedTest
    @EnumSource(RollingWindow.class)
    void rollingWindowsEndAtTheWatermarksWholeMinute(RollingWindow window) {
        live.rollingChanged(0, window, WEIBO, measures(visitors(5)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS + MINUTE_MS + 30_000);
        Period period = Period.of(window.label());
        long endMs = TODAY_MS + MINUTE_MS;
        assertThat(live.span(period)).hasValue(new Span(endMs - window.minutes() * MINUTE_MS, endMs, false));
        live.rollingChanged(0, window, WEIBO, measures(visitors(2)), measures(visitors(5)));
        assertThat(live.find(period, WEIBO)).hasValue(new Figure(WEIBO, measures(visitors(2))));
        assertThat(live.standing(period, Dimension.SOURCE, BUSIEST, 0))
                .isEqualTo(new Standing(1, measures(Map.of(Measure.VISITS, 2L)), List.of()));
    }

    @Test
    void rollingWindowsOfPartitionsAtDifferentMinutesAreNotKnownRatherThanMixed() {
        DimensionKey search = DimensionKey.source("search");
        live.rollingChanged(0, RollingWindow.HOUR, WEIBO, measures(visitors(5)), Measures.ZERO);
        live.rollingChanged(1, RollingWindow.HOUR, search, measures(visitors(3)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS);
        live.watermarkAdvanced(1, TODAY_MS + 1_000);
        assertThat(hour().keys()).isEqualTo(2);
        long nextMs = TODAY_MS + DAY_MS;
        live.rollingAdvanced(
                1,
                nextMs,
                List.of(new RollingChange(RollingWindow.HOUR, search, Measures.ZERO, measures(visitors(3)))));
        assertThat(live.span(Period.HOUR)).isEmpty();
        assertThat(hour()).isEqualTo(Standing.EMPTY);
        assertThat(live.find(Period.HOUR, WEIBO)).isEmpty();
        assertThat(live.span(Period.TODAY)).as("a day has a past").isPresent();
        live.rollingAdvanced(0, nextMs + 59_999, List.of());
        assertThat(live.span(Period.HOUR)).hasValue(new Span(nextMs - 60 * MINUTE_MS, nextMs, false));
        assertThat(hour().keys()).isEqualTo(1);
    }

    private Standing hour() {
        return live.standing(Period.HOUR, Dimension.SOURCE, BUSIEST, 9);
    }

    @Test
    void rollingWindowsAreNotKnownAsTheyWereAtAnEarlierMinute() {
        live.watermarkAdvanced(0, TODAY_MS + MINUTE_MS);
        assertThat(live.span(Period.HOUR, TODAY_MS + MINUTE_MS)).isPresent();
        assertThat(live.span(Period.HOUR, TODAY_MS + MINUTE_MS - 1)).isEmpty();
    }

    @Test
    void rollingWindowsMoveOnTogetherWithTheirEnd() {
        live.rollingChanged(0, RollingWindow.HOUR, WEIBO, measures(visitors(5)), Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS);
        live.rollingAdvanced(
                0,
                TODAY_MS + MINUTE_MS,
                List.of(new RollingChange(RollingWindow.HOUR, WEIBO, measures(visitors(2)), measures(visitors(5)))));
        assertThat(live.span(Period.HOUR).orElseThrow().endMs()).isEqualTo(TODAY_MS + MINUTE_MS);
        assertThat(live.find(Period.HOUR, WEIBO)).hasValue(new Figure(WEIBO, measures(visitors(2))));
    }

    @Test
    void whatIsReadWhileAPartitionMovesOnIsReadAnew() {
        live.watermarkAdvanced(0, TODAY_MS);
        List<Span> seen = new ArrayList<>();
        Optional<Span> found = live.read(Period.HOUR, Long.MAX_VALUE, span -> {
            if (seen.isEmpty()) {
                live.rollingAdvanced(0, TODAY_MS + MINUTE_MS, List.of());
            }
            seen.add(span);
            return span;
        });
        assertThat(seen).hasSize(2);
        assertThat(found.orElseThrow().endMs()).isEqualTo(TODAY_MS + MINUTE_MS);
        assertThat(live.read(Period.HOUR, TODAY_MS + MINUTE_MS, span -> {
                    live.rollingAdvanced(0, TODAY_MS + 2 * MINUTE_MS, List.of());
                    return span;
                }))
                .as("as it was before there is none any more")
                .isEmpty();
    }

    @Test
    void aSumOverKeysThatLeavesTheRangeSaysSoAndIsExactAgainWhenTheyShrink() {
        Measures beyond = measures(Map.of(Measure.VISITS, 1L, Measure.REVENUE_MICROS, ExactSums.BEYOND));
        Measures little = measures(Map.of(Measure.VISITS, 1L, Measure.REVENUE_MICROS, 5L));
        DimensionKey search = DimensionKey.source("search");
        live.rollingChanged(0, RollingWindow.DAY, WEIBO, beyond, Measures.ZERO);
        live.rollingChanged(0, RollingWindow.DAY, search, beyond, Measures.ZERO);
        live.rollingChanged(1, RollingWindow.DAY, DimensionKey.source("mail"), beyond, Measures.ZERO);
        live.watermarkAdvanced(0, TODAY_MS);
        live.watermarkAdvanced(1, TODAY_MS);
        assertThat(lastDaysRevenue()).isEqualTo(ExactSums.BEYOND);
        live.rollingChanged(0, RollingWindow.DAY, WEIBO, little, beyond);
        assertThat(lastDaysRevenue()).isEqualTo(ExactSums.BEYOND);
        live.rollingChanged(0, RollingWindow.DAY, search, little, beyond);
        live.rollingChanged(1, RollingWindow.DAY, DimensionKey.source("mail"), little, beyond);
        assertThat(lastDaysRevenue()).isEqualTo(15);
    }

    private long lastDaysRevenue() {
        return live.standing(Period.DAY, Dimension.SOURCE, BUSIEST, 0).sum().get(Measure.REVENUE_MICROS);
    }

    @Test
    void aPeriodIsFinalOnceTheWatermarkHasPassedItsEndAndGrace() {
        LiveFigures strict = new LiveFigures(EnumSet.allOf(WindowSize.class), ZoneId.of("UTC"), 10_000, BUSIEST, 100);
        strict.watermarkAdvanced(0, TODAY_MS + 9_999);
        assertThat(strict.span(Period.LAST_MINUTE).orElseThrow().isFinal()).isFalse();
        strict.watermarkAdvanced(0, TODAY_MS + 10_000);
        assertThat(strict.span(Period.LAST_MINUTE).orElseThrow().isFinal()).isTrue();
    }

    @Test
    void whatIsNotComputedIsNotKnown() {
        LiveFigures hours = new LiveFigures(EnumSet.of(WindowSize.HOUR), ZoneId.of("UTC"), 0, BUSIEST, 100);
        hours.rowChanged(0, row(WindowSize.HOUR, TODAY_MS, WEIBO, visitors(1)), Measures.ZERO);
        hours.watermarkAdvanced(0, TODAY_MS);
        assertThat(hours.span(Period.LAST_MINUTE)).isEmpty();
        assertThat(hours.span(Period.TODAY)).isEmpty();
        assertThat(hours.span(Period.HOUR)).isPresent();
    }

    @Test
    void aMinuteThatWasTooFarAheadToBeHeldIsNotKnownRatherThanWrong() {
        live.watermarkAdvanced(0, TODAY_MS);
        int minutes = TumblingFigures.MOST_WINDOWS + 10;
        for (int i = 0; i < minutes; i++) {
            minute(TODAY_MS + i * MINUTE_MS, WEIBO, 1);
        }
        minute(TODAY_MS + minutes * MINUTE_MS, DimensionKey.source("search"), 1);
        for (int i = 0; i < minutes; i++) {
            live.watermarkAdvanced(0, TODAY_MS + (i + 1) * MINUTE_MS);
            boolean held = i < TumblingFigures.MOST_WINDOWS;
            assertThat(live.span(Period.LAST_MINUTE).isPresent()).isEqualTo(held);
            assertThat(lastMinutesVisits(WEIBO)).isEqualTo(held ? 1 : 0);
        }
        minute(TODAY_MS + (minutes + 1) * MINUTE_MS, WEIBO, 8);
        live.watermarkAdvanced(0, TODAY_MS + (minutes + 2) * MINUTE_MS);
        assertThat(lastMinutesVisits(WEIBO)).isEqualTo(8);
    }

    @Test
    void aNearerMinuteTakesTheRoomOfOneFartherAhead() {
        live.watermarkAdvanced(0, TODAY_MS);
        for (int i = TumblingFigures.MOST_WINDOWS; i > 0; i--) {
            minute(TODAY_MS + i * MINUTE_MS, WEIBO, 1);
        }
        minute(TODAY_MS, WEIBO, 5);
        live.watermarkAdvanced(0, TODAY_MS + MINUTE_MS);
        assertThat(lastMinutesVisits(WEIBO)).isEqualTo(5);
        live.watermarkAdvanced(0, TODAY_MS + (TumblingFigures.MOST_WINDOWS + 1) * MINUTE_MS);
        assertThat(live.span(Period.LAST_MINUTE)).isEmpty();
    }

    @Test
    void rowsOfMinutesLongPastChangeNothing() {
        live.watermarkAdvanced(0, TODAY_MS);
        live.watermarkAdvanced(0, TODAY_MS + 9 * MINUTE_MS);
        live.rowChanged(0, row(WindowSize.MINUTE, TODAY_MS, WEIBO, visitors(1)), measures(visitors(9)));
        live.watermarkAdvanced(1, TODAY_MS + MINUTE_MS);
        assertThat(live.span(Period.LAST_MINUTE))
                .as("partition 0 has left it behind")
                .isEmpty();
    }

    @Test
    void partitionsMayBeWrittenAndReadAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> tasks = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            int own = partition;
            tasks.add(threads.submit(() -> {
                live.watermarkAdvanced(own, TODAY_MS);
                for (int i = 0; i < 20_000; i++) {
                    DimensionKey key = DimensionKey.product(own + "-" + i % 500);
                    Measures before = i < 500 ? Measures.ZERO : measures(visitors(i - 499));
                    live.rowChanged(own, today(key, visitors(i + 1)), before);
                }
            }));
        }
        tasks.add(threads.submit(() -> {
            for (int i = 0; i < 200; i++) {
                Standing standing = todays(Dimension.PRODUCT);
                long sum = standing.rows().stream()
                        .mapToLong(figure -> figure.measures().get(Measure.VISITS))
                        .sum();
                assertThat(standing.sum().get(Measure.VISITS)).isEqualTo(sum);
                assertThat(standing.keys()).isEqualTo(standing.rows().size());
            }
        }));
        for (Future<?> task : tasks) {
            task.get();
        }
        threads.shutdown();
        assertThat(todays(Dimension.PRODUCT).rows()).hasSize(1_500);
    }
}
