package io.weir.domain;

import org.jspecify.annotations.Nullable;

/** Adds contributions to the tallies of the windows that they belong to. */
public final class WindowTotals implements Contributions {

    /** Where the tallies are kept. */
    public interface Tallies {

        /**
         * The tally of this key and window, to be added to at once; a new one if there is none yet.
         *
         * @param startMs the window's, event time
         */
        Tally toChange(WindowSize size, long startMs, DimensionKey key);

        /** The tally of this key and window, to be looked at; null if there is none yet. */
        @Nullable
        Tally find(WindowKey key);
    }

    /**
     * The greatest sum that one partition keeps: 2<sup>53</sup> − 1. It is exact in a double, so every program that
     * reads it as one reads it right, and the sum over a thousand partitions stays in the range of {@code long}.
     */
    public static final long GREATEST_SUM = (1L << 53) - 1;

    private static final Tally NOTHING = new Tally();

    private final Windowing windowing;
    private final Tallies tallies;

    public WindowTotals(Windowing windowing, Tallies tallies) {
        this.windowing = windowing;
        this.tallies = tallies;
    }

    /**
     * Whether the event's cost, quantity and amount can be added without a sum passing {@link #GREATEST_SUM}.
     *
     * <p>The total of a window is the greatest of all its sums, since none of the amounts is negative; what an event
     * moves from one key to another does not change it.
     */
    public boolean hasRoomFor(Event event) {
        if (event.type() == EventType.VISIT) {
            return true;
        }
        for (WindowSize size : windowing.sizes()) {
            long startMs = windowing.startMs(size, event.timeMs());
            Tally total = tallies.find(new WindowKey(size, startMs, DimensionKey.TOTAL));
            if (!hasRoom(total == null ? NOTHING : total, event)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasRoom(Tally total, Event event) {
        if (event instanceof Click click) {
            return click.costMicros() <= GREATEST_SUM - total.get(Measure.COST_MICROS);
        }
        Payment payment = (Payment) event;
        return payment.quantity() <= GREATEST_SUM - total.get(Measure.UNITS)
                && payment.amountMicros() <= GREATEST_SUM - total.get(Measure.REVENUE_MICROS);
    }

    @Override
    public void click(DimensionKey key, long timeMs, long costMicros) {
        for (WindowSize size : windowing.sizes()) {
            Tally tally = tally(size, timeMs, key);
            tally.add(Measure.CLICKS, 1);
            tally.add(Measure.COST_MICROS, costMicros);
        }
    }

    @Override
    public void landing(DimensionKey key, long timeMs, int sign) {
        for (WindowSize size : windowing.sizes()) {
            tally(size, timeMs, key).add(Measure.LANDINGS, sign);
        }
    }

    @Override
    public void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign) {
        for (WindowSize size : windowing.sizes()) {
            Tally tally = tally(size, timeMs, key);
            tally.add(Measure.VISITS, sign);
            if (isNew(newIn, size)) {
                tally.add(Measure.VISITORS, sign);
                if (size == WindowSize.MINUTE) {
                    tally.seenBefore().addVisitor(minutesAgo, isNew(newIn, WindowSize.DAY), sign);
                }
            }
        }
    }

    @Override
    public void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign) {
        for (WindowSize size : windowing.sizes()) {
            Tally tally = tally(size, payment.timeMs(), key);
            tally.add(Measure.PAYMENTS, sign);
            tally.add(Measure.UNITS, sign * payment.quantity());
            tally.add(Measure.REVENUE_MICROS, sign * payment.amountMicros());
            if (isNew(newIn, size)) {
                tally.add(Measure.BUYERS, sign);
                if (size == WindowSize.MINUTE) {
                    tally.seenBefore().addBuyer(minutesAgo, isNew(newIn, WindowSize.DAY), sign);
                }
            }
            if (halo) {
                tally.add(Measure.HALO_PAYMENTS, sign);
                tally.add(Measure.HALO_REVENUE_MICROS, sign * payment.amountMicros());
            }
        }
    }

    private static boolean isNew(int newIn, WindowSize size) {
        return (newIn & 1 << size.ordinal()) != 0;
    }

    private Tally tally(WindowSize size, long timeMs, DimensionKey key) {
        return tallies.toChange(size, windowing.startMs(size, timeMs), key);
    }
}
