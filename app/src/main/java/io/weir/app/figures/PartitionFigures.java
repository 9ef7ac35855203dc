package io.weir.app.figures;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.topology.FiguresListener.RollingChange;
import io.weir.topology.WindowRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of one totals partition. Thread-safe: its stream thread writes, any thread reads. */
final class PartitionFigures {
    private static final long MINUTE_MS = 60_000;

    /** Other partitions, by whose watermark minutes are read, may be this far behind. */
    private static final int MINUTES_BEHIND = 3;

    /** Rolling windows have no history: each is kept as it is at the watermark's minute, under a start that means nothing. */
    private static final long CURRENT = 0;

    private final Windowing windowing;
    private final Map<WindowSize, TumblingFigures> tumbling = new EnumMap<>(WindowSize.class);
    private final Map<RollingWindow, WindowFigures> rolling = new EnumMap<>(RollingWindow.class);
    private OptionalLong watermarkMs = OptionalLong.empty();

    /** @param windowing used by this alone: it is not thread-safe */
    PartitionFigures(Windowing windowing, int mostRows, Comparator<Figure> keepFirst) {
        this.windowing = windowing;
        for (WindowSize size : List.of(WindowSize.MINUTE, WindowSize.DAY)) {
            if (windowing.sizes().contains(size)) {
                tumbling.put(size, new TumblingFigures(mostRows, keepFirst));
            }
        }
        for (RollingWindow window : RollingWindow.values()) {
            rolling.put(window, new WindowFigures(mostRows, keepFirst));
        }
    }

    synchronized void put(WindowRow row, Measures before) {
        TumblingFigures ofSize = tumbling.get(row.size());
        if (ofSize != null) {
            ofSize.put(row, before);
        }
    }

    synchronized void put(RollingWindow window, DimensionKey key, Measures now, Measures before) {
        WindowFigures ofWindow = rolling.get(window);
        if (ofWindow != null) {
            ofWindow.put(CURRENT, key, now, before);
        }
    }

    /** The rolling windows move on, and the watermark with them: who reads meanwhile waits. */
    synchronized void advance(long toMs, List<RollingChange> changes) {
        changes.forEach(change -> put(change.window(), change.key(), change.measures(), change.before()));
        advance(toMs);
    }

    /**
     * When a partition is assigned, the rows of the current and the previous window are told before its watermark, so
     * older ones are not whole.
     */
    synchronized void advance(long toMs) {
        boolean first = watermarkMs.isEmpty();
        watermarkMs = OptionalLong.of(toMs);
        tumbling.forEach((size, figures) -> {
            long previousMs = windowing.startMs(size, windowing.startMs(size, toMs) - 1);
            boolean minutes = size == WindowSize.MINUTE && !first;
            figures.forgetBefore(minutes ? previousMs - (MINUTES_BEHIND - 1) * MINUTE_MS : previousMs);
        });
    }

    /** Empty until all rows have been told. */
    synchronized OptionalLong watermarkMs() {
        return watermarkMs;
    }

    /** Whether the figures of this period are whole, and of this stretch of time. */
    synchronized boolean knows(Period period, Span span) {
        if (period.rolling() != null) {
            return watermarkMs.isPresent() && Windowing.minuteStartMs(watermarkMs.getAsLong()) == span.endMs();
        }
        TumblingFigures ofSize = tumbling.get(sizeOf(period));
        return ofSize != null && ofSize.isKnown(span.startMs());
    }

    /** With all rows that are held, in no order. */
    synchronized Standing standing(Period period, long startMs, Dimension dimension) {
        DimensionFigures figures = figures(period, startMs, dimension);
        return new Standing(figures.keys(), figures.sum(), new ArrayList<>(figures.rows()));
    }

    /** The same with the rows of these keys only. */
    synchronized Standing standing(Period period, long startMs, Dimension dimension, Collection<DimensionKey> keys) {
        DimensionFigures figures = figures(period, startMs, dimension);
        Stream<@Nullable Figure> rows = keys.stream().map(figures::row);
        return new Standing(
                figures.keys(), figures.sum(), rows.filter(Objects::nonNull).toList());
    }

    /** Whether no row of this dimension was dropped. */
    synchronized boolean holdsAll(Period period, long startMs, Dimension dimension) {
        DimensionFigures figures = figures(period, startMs, dimension);
        return figures.rows().size() == figures.keys();
    }

    private DimensionFigures figures(Period period, long startMs, Dimension dimension) {
        RollingWindow window = period.rolling();
        if (window != null) {
            WindowFigures ofWindow = rolling.get(window);
            return ofWindow == null ? new DimensionFigures() : ofWindow.figures(CURRENT, dimension);
        }
        TumblingFigures ofSize = tumbling.get(sizeOf(period));
        return ofSize == null ? new DimensionFigures() : ofSize.figures().figures(startMs, dimension);
    }

    private static WindowSize sizeOf(Period period) {
        return period == Period.TODAY ? WindowSize.DAY : WindowSize.MINUTE;
    }
}
