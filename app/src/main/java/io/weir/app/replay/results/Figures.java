package io.weir.app.replay.results;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The measures of each key over a whole replay: the sums over the windows of the longest size there is.
 *
 * <p>Visitors and buyers of several windows do not add up. Unless there is a {@link #isSingleWindow single window}, their
 * sums count a visitor once for each window and are to be called {@link #perWindow visitor-days} and the like.
 *
 * @param startMs first instant of the first window
 * @param endMs first instant after the last window
 * @param windows how many windows of this size have any figures
 */
record Figures(WindowSize size, long startMs, long endMs, int windows, Map<DimensionKey, Measures> byKey) {

    /** Of rows of any sizes; empty when there is none with a measure other than zero. */
    static Optional<Figures> of(Collection<WindowRow> rows) {
        Optional<WindowSize> longest = rows.stream()
                .filter(row -> !row.measures().isZero())
                .map(WindowRow::size)
                .max(Comparator.naturalOrder());
        return longest.map(size -> of(size, rows));
    }

    private static Figures of(WindowSize size, Collection<WindowRow> rows) {
        Map<DimensionKey, Measures> byKey = new HashMap<>();
        TreeSet<Long> starts = new TreeSet<>();
        long endMs = Long.MIN_VALUE;
        for (WindowRow row : rows) {
            if (row.size() == size && !row.measures().isZero()) {
                byKey.merge(row.key(), row.measures(), Measures::plus);
                starts.add(row.startMs());
                endMs = Math.max(endMs, row.endMs());
            }
        }
        return new Figures(size, starts.first(), endMs, starts.size(), byKey);
    }

    boolean isSingleWindow() {
        return windows == 1;
    }

    /** {@code visitors}, or what their sum over several windows really counts: {@code visitor-days}. */
    String perWindow(String person) {
        if (isSingleWindow()) {
            return person + "s";
        }
        return switch (size) {
            case MINUTE -> person + "-minutes";
            case HOUR -> person + "-hours";
            case DAY -> person + "-days";
        };
    }

    Measures total() {
        return byKey.getOrDefault(DimensionKey.TOTAL, Measures.ZERO);
    }

    /** The keys of this dimension with the most revenue, then visits, then clicks, then by name. */
    List<Map.Entry<DimensionKey, Measures>> top(Dimension dimension, int count) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getKey().dimension() == dimension)
                .sorted(Comparator.comparing(
                                Map.Entry<DimensionKey, Measures>::getValue,
                                descending(Measure.REVENUE_MICROS)
                                        .thenComparing(descending(Measure.VISITS))
                                        .thenComparing(descending(Measure.CLICKS)))
                        .thenComparing(Map.Entry::getKey, DimensionKey.ORDER))
                .limit(count)
                .toList();
    }

    private static Comparator<Measures> descending(Measure measure) {
        return Comparator.comparingLong((Measures measures) -> measures.get(measure))
                .reversed();
    }

    /** How many keys this dimension has. */
    long keys(Dimension dimension) {
        return byKey.keySet().stream()
                .filter(key -> key.dimension() == dimension)
                .count();
    }
}
