package io.weir.domain;

import java.util.OptionalDouble;

/**
 * The ratios of a set of measures, from summed numerators and denominators. A ratio with a zero denominator is undefined:
 * empty, never 0, NaN or infinity. Ratios of money to people or clicks are in units of the reporting currency, not in
 * micros; the others are pure numbers, 0.05 for 5 %. A ratio of a sum that reads as {@link ExactSums#BEYOND} is undefined
 * as well.
 *
 * @param measures of one dimension key, in one window or summed where they add up; visitors and buyers of different
 *     windows do not
 */
public record Ratios(Measures measures) {
    private static final double MICROS = 1_000_000;

    /** Buyers ÷ visitors. Above 1 when payments come from people whose visits are not known. */
    public OptionalDouble conversionRate() {
        return ratio(Measure.BUYERS, Measure.VISITORS);
    }

    /** Revenue ÷ buyers: the unit price per customer. */
    public OptionalDouble revenuePerBuyer() {
        return money(Measure.REVENUE_MICROS, Measure.BUYERS);
    }

    /** Revenue ÷ visitors: what a visitor is worth. */
    public OptionalDouble visitorValue() {
        return money(Measure.REVENUE_MICROS, Measure.VISITORS);
    }

    /** Cost ÷ visitors, free visitors included. */
    public OptionalDouble visitorCost() {
        return money(Measure.COST_MICROS, Measure.VISITORS);
    }

    /** Cost ÷ clicks. */
    public OptionalDouble costPerClick() {
        return money(Measure.COST_MICROS, Measure.CLICKS);
    }

    /** Landings ÷ clicks. Above 1 is possible in a short window: a landing counts when the visit happens. */
    public OptionalDouble landingRate() {
        return ratio(Measure.LANDINGS, Measure.CLICKS);
    }

    /** Revenue ÷ cost, which Taobao's consoles call ROI. */
    public OptionalDouble roas() {
        return ratio(Measure.REVENUE_MICROS, Measure.COST_MICROS);
    }

    /** (Revenue × margin − cost) ÷ cost, at one margin, 0.3 for 30 %, for all of the revenue. */
    public OptionalDouble roi(double margin) {
        long revenueMicros = measures.get(Measure.REVENUE_MICROS);
        return revenueMicros == ExactSums.BEYOND ? OptionalDouble.empty() : roiOfGrossProfit(revenueMicros * margin);
    }

    /** (Gross profit − cost) ÷ cost, for sums over products of different margins; in micros. */
    public OptionalDouble roiOfGrossProfit(double grossProfitMicros) {
        long costMicros = measures.get(Measure.COST_MICROS);
        return costMicros == 0 || costMicros == ExactSums.BEYOND
                ? OptionalDouble.empty()
                : OptionalDouble.of((grossProfitMicros - costMicros) / costMicros);
    }

    /** Whether there are at least {@code minVisitors}; ratios on fewer are to be shown as unreliable. */
    public boolean isReliable(long minVisitors) {
        return measures.get(Measure.VISITORS) >= minVisitors;
    }

    private OptionalDouble money(Measure micros, Measure denominator) {
        OptionalDouble ratio = ratio(micros, denominator);
        return ratio.isEmpty() ? ratio : OptionalDouble.of(ratio.getAsDouble() / MICROS);
    }

    private OptionalDouble ratio(Measure numerator, Measure denominator) {
        long above = measures.get(numerator);
        long below = measures.get(denominator);
        return below == 0 || above == ExactSums.BEYOND || below == ExactSums.BEYOND
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) above / below);
    }
}
