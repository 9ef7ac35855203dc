package io.weir.bench.core;

import io.weir.domain.Contributions;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Payment;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Sums of contributions by window and dimension key, combined on the heap before they go on to another thread. Sums are
 * arrays with one number for each {@link Measure} in its order. For one thread.
 */
public final class WindowSums implements Contributions {
    /** How many numbers a row of sums has. */
    public static final int MEASURES = Measure.values().length;

    private static final int CLICKS = Measure.CLICKS.ordinal();
    private static final int COST_MICROS = Measure.COST_MICROS.ordinal();
    private static final int LANDINGS = Measure.LANDINGS.ordinal();
    private static final int VISITS = Measure.VISITS.ordinal();
    private static final int VISITORS = Measure.VISITORS.ordinal();
    private static final int PAYMENTS = Measure.PAYMENTS.ordinal();
    private static final int BUYERS = Measure.BUYERS.ordinal();
    private static final int UNITS = Measure.UNITS.ordinal();
    private static final int REVENUE_MICROS = Measure.REVENUE_MICROS.ordinal();
    private static final int HALO_PAYMENTS = Measure.HALO_PAYMENTS.ordinal();
    private static final int HALO_REVENUE_MICROS = Measure.HALO_REVENUE_MICROS.ordinal();

    private final Windowing windowing;
    private final Map<WindowKey, long[]> sums = new HashMap<>();

    public WindowSums(Windowing windowing) {
        this.windowing = windowing;
    }

    /** How many rows there are. */
    public int size() {
        return sums.size();
    }

    /** Hands over every row and forgets it. */
    public void drain(BiConsumer<WindowKey, long[]> out) {
        sums.forEach(out);
        sums.clear();
    }

    /** Shows every row. */
    public void forEach(BiConsumer<WindowKey, long[]> out) {
        sums.forEach(out);
    }

    /** Adds the sums of a row. */
    public void add(WindowKey window, long[] more) {
        add(more, sums.computeIfAbsent(window, none -> new long[MEASURES]));
    }

    /** Adds to the second what is in the first. */
    public static void add(long[] more, long[] to) {
        for (int i = 0; i < MEASURES; i++) {
            to[i] = Math.addExact(to[i], more[i]);
        }
    }

    private long[] row(WindowSize size, long timeMs, DimensionKey key) {
        WindowKey window = new WindowKey(size, windowing.startMs(size, timeMs), key);
        long[] row = sums.get(window);
        if (row == null) {
            row = new long[MEASURES];
            sums.put(window, row);
        }
        return row;
    }

    @Override
    public void click(DimensionKey key, long timeMs, long costMicros) {
        for (WindowSize size : windowing.sizes()) {
            long[] row = row(size, timeMs, key);
            row[CLICKS]++;
            row[COST_MICROS] = Math.addExact(row[COST_MICROS], costMicros);
        }
    }

    @Override
    public void landing(DimensionKey key, long timeMs, int sign) {
        for (WindowSize size : windowing.sizes()) {
            row(size, timeMs, key)[LANDINGS] += sign;
        }
    }

    @Override
    public void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign) {
        for (WindowSize size : windowing.sizes()) {
            long[] row = row(size, timeMs, key);
            row[VISITS] += sign;
            row[VISITORS] += isNew(newIn, size) ? sign : 0;
        }
    }

    @Override
    public void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign) {
        for (WindowSize size : windowing.sizes()) {
            long[] row = row(size, payment.timeMs(), key);
            long amountMicros = sign * payment.amountMicros();
            row[PAYMENTS] += sign;
            row[BUYERS] += isNew(newIn, size) ? sign : 0;
            row[UNITS] = Math.addExact(row[UNITS], sign * payment.quantity());
            row[REVENUE_MICROS] = Math.addExact(row[REVENUE_MICROS], amountMicros);
            row[HALO_PAYMENTS] += halo ? sign : 0;
            row[HALO_REVENUE_MICROS] = Math.addExact(row[HALO_REVENUE_MICROS], halo ? amountMicros : 0);
        }
    }

    private static boolean isNew(int newIn, WindowSize size) {
        return (newIn & 1 << size.ordinal()) != 0;
    }
}
