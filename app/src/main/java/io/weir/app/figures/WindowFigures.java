package io.weir.app.figures;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of one totals partition in windows of one length, by where the windows start. Not thread-safe.
 *
 * <p>Sums and numbers of keys are exact whatever happens to the rows: of each dimension {@code mostRows} have room over
 * all windows, the first of each by {@code keepFirst}, each window having an equal share; or a {@link #LEAST_SHARE}th of
 * that for each window, where this is more. Up to {@code mostRows} more are held until the others are dropped.
 */
final class WindowFigures {
    private static final int DIMENSIONS = Dimension.values().length;

    /** A window's share, as part of the whole, that it has however many windows there are. */
    static final int LEAST_SHARE = 20;

    private final int mostRows;
    private final Comparator<Figure> keepFirst;
    private final SortedMap<Long, Map<Dimension, DimensionFigures>> windows = new TreeMap<>();
    private final int[] held = new int[DIMENSIONS];

    WindowFigures(int mostRows, Comparator<Figure> keepFirst) {
        this.mostRows = mostRows;
        this.keepFirst = keepFirst;
    }

    /** @param before what was told of the key in this window before */
    void put(long startMs, DimensionKey key, Measures now, Measures before) {
        Dimension dimension = key.dimension();
        DimensionFigures figures = windows.computeIfAbsent(startMs, start -> new EnumMap<>(Dimension.class))
                .computeIfAbsent(dimension, none -> new DimensionFigures());
        held[dimension.ordinal()] += figures.put(key, now, before);
        if (held[dimension.ordinal()] > (long) share() * windows.size() + mostRows) {
            shrink(dimension);
        }
    }

    private int share() {
        return Math.max(mostRows / windows.size(), mostRows / LEAST_SHARE);
    }

    private void shrink(Dimension dimension) {
        int share = share();
        int left = 0;
        for (Map<Dimension, DimensionFigures> window : windows.values()) {
            DimensionFigures figures = window.get(dimension);
            left += figures == null ? 0 : figures.keepFirst(share, keepFirst);
        }
        held[dimension.ordinal()] = left;
    }

    /** Forgets the windows that start in {@code [fromMs, toMs)}. */
    void drop(long fromMs, long toMs) {
        if (fromMs < toMs) {
            SortedMap<Long, Map<Dimension, DimensionFigures>> dropped = windows.subMap(fromMs, toMs);
            dropped.values()
                    .forEach(window -> window.forEach((dimension, figures) ->
                            held[dimension.ordinal()] -= figures.rows().size()));
            dropped.clear();
        }
    }

    boolean has(long startMs) {
        return windows.containsKey(startMs);
    }

    int size() {
        return windows.size();
    }

    /** The start of the newest window; there must be one. */
    long newestMs() {
        return windows.lastKey();
    }

    /** The figures of one dimension; without any keys where nothing was told of it. */
    DimensionFigures figures(long startMs, Dimension dimension) {
        Map<Dimension, DimensionFigures> window = windows.get(startMs);
        DimensionFigures figures = window == null ? null : window.get(dimension);
        return figures == null ? new DimensionFigures() : figures;
    }
}
