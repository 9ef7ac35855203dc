package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTotalsTest {
    private static final long TEN = 1_767_225_600_000L;
    private static final long MOST = WindowTotals.GREATEST_SUM;

    private final Map<WindowKey, Tally> tallies = new HashMap<>();
    private final WindowTotals totals = totals(EnumSet.of(WindowSize.MINUTE, WindowSize.HOUR));

    private WindowTotals totals(Set<WindowSize> sizes) {
        return new WindowTotals(new Windowing(sizes, ZoneId.of("UTC")), new WindowTotals.Tallies() {
            @Override
            public Tally toChange(WindowSize size, long startMs, DimensionKey key) {
                return tallies.computeIfAbsent(new WindowKey(size, startMs, key), first -> new Tally());
            }

            @Override
            public Tally find(WindowKey key) {
                return tallies.get(key);
            }
        });
    }

    private static Click click(long costMicros, long timeMs) {
        return new Click("c", "ann", "mug", "ads", null, costMicros, timeMs);
    }

    private static Payment payment(long quantity, long amountMicros) {
        return new Payment("p", "o", "ann", "mug", quantity, amountMicros, TEN);
    }

    @Test
    void thereIsRoomUpToTheGreatestSumAndNotBeyond() {
        assertThat(totals.hasRoomFor(click(MOST, TEN))).isTrue();
        assertThat(totals.hasRoomFor(click(MOST + 1, TEN))).isFalse();
        totals.click(DimensionKey.TOTAL, TEN, 10);
        assertThat(totals.hasRoomFor(click(MOST - 10, TEN))).isTrue();
        assertThat(totals.hasRoomFor(click(MOST - 9, TEN))).isFalse();
    }

    @Test
    void theLongerWindowIsFullForItsOtherMinutesToo() {
        totals.click(DimensionKey.TOTAL, TEN, MOST);
        assertThat(totals.hasRoomFor(click(1, TEN + 60_000))).isFalse();
        assertThat(totals.hasRoomFor(click(1, TEN + 3_600_000))).isTrue();
    }

    @Test
    void unitsAndRevenueHaveTheirBoundsEach() {
        totals.payment(DimensionKey.TOTAL, payment(5, 7), false, 0, 0, 1);
        assertThat(totals.hasRoomFor(payment(MOST - 5, MOST - 7))).isTrue();
        assertThat(totals.hasRoomFor(payment(MOST - 4, 0))).isFalse();
        assertThat(totals.hasRoomFor(payment(1, MOST - 6))).isFalse();
    }

    @Test
    void aVisitNeedsNoRoom() {
        totals.click(DimensionKey.TOTAL, TEN, MOST);
        assertThat(totals.hasRoomFor(new Visit("v", "ann", "mug", null, null, null, TEN)))
                .isTrue();
    }

    @Test
    void whatIsMadeAndTakenBackLeavesNothing() {
        int newInAll = 7;
        totals.visit(DimensionKey.TOTAL, TEN, newInAll, 3, 1);
        totals.landing(DimensionKey.TOTAL, TEN, 1);
        totals.payment(DimensionKey.TOTAL, payment(2, 9), true, newInAll, 4, 1);
        assertThat(tallies).hasSize(2);
        assertThat(tallies.values()).noneMatch(tally -> tally.toMeasures().isZero());
        Tally minute = tallies.get(new WindowKey(WindowSize.MINUTE, TEN, DimensionKey.TOTAL));
        assertThat(minute.toMeasures()).isEqualTo(Measures.of(0, 0, 1, 1, 1, 1, 1, 2, 9, 1, 9));
        assertThat(minute.seenBefore().newVisitorsOfDay()).isEqualTo(1);
        assertThat(minute.seenBefore().newBuyersOfDay()).isEqualTo(1);
        totals.visit(DimensionKey.TOTAL, TEN, newInAll, 3, -1);
        totals.landing(DimensionKey.TOTAL, TEN, -1);
        totals.payment(DimensionKey.TOTAL, payment(2, 9), true, newInAll, 4, -1);
        assertThat(tallies.values())
                .allMatch(tally ->
                        tally.toMeasures().isZero() && tally.seenBefore().isZero());
    }

    @Test
    void aSumThatLeavesTheRangeOfLongThrowsAndNeverWraps() {
        Tally tally = new Tally();
        tally.add(Measure.COST_MICROS, Long.MAX_VALUE);
        assertThatThrownBy(() -> tally.add(Measure.COST_MICROS, 1)).isInstanceOf(ArithmeticException.class);
        Measures most = tally.toMeasures();
        assertThatThrownBy(() -> most.plus(most)).isInstanceOf(ArithmeticException.class);
        Measures least = Measures.ZERO.minus(most);
        assertThatThrownBy(() -> least.minus(most)).isInstanceOf(ArithmeticException.class);
    }
}
