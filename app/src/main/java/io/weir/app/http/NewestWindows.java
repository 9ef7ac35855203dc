package io.weir.app.http;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The rows of one totals partition in the newest windows of each size. Thread-safe.
 *
 * <p>Bounded whatever arrives in whatever order: {@link #KEPT} windows of each size and {@link #MOST_ROWS} rows in each;
 * rows of older windows and further keys are ignored.
 */
final class NewestWindows {
    /** Two, so that the window before stays while the first rows of a new one arrive. */
    static final int KEPT = 2;

    static final int MOST_ROWS = 250_000;

    private static final class Rows {
        private final Map<Dimension, Map<DimensionKey, WindowRow>> byDimension = new EnumMap<>(Dimension.class);
        private int count = 0;
    }

    private final Map<WindowSize, NavigableMap<Long, Rows>> windows = new EnumMap<>(WindowSize.class);

    /** Keeps this row in place of the key's earlier one; a row of nothing but zeros removes it. */
    synchronized void put(WindowRow row) {
        NavigableMap<Long, Rows> ofSize = windows.computeIfAbsent(row.size(), size -> new TreeMap<>());
        if (ofSize.size() >= KEPT && row.startMs() < ofSize.firstKey()) {
            return;
        }
        Rows rows = ofSize.computeIfAbsent(row.startMs(), start -> new Rows());
        if (ofSize.size() > KEPT) {
            ofSize.pollFirstEntry();
        }
        Map<DimensionKey, WindowRow> ofDimension =
                rows.byDimension.computeIfAbsent(row.key().dimension(), dimension -> new HashMap<>());
        if (row.measures().isZero()) {
            rows.count -= ofDimension.remove(row.key()) == null ? 0 : 1;
        } else if (rows.count < MOST_ROWS || ofDimension.containsKey(row.key())) {
            rows.count += ofDimension.put(row.key(), row) == null ? 1 : 0;
        }
    }

    /** The starts of the windows of this size that have rows here. */
    synchronized List<Long> starts(WindowSize size) {
        NavigableMap<Long, Rows> ofSize = windows.get(size);
        return ofSize == null ? List.of() : List.copyOf(ofSize.keySet());
    }

    /** The rows of one dimension in one window, in no order; a copy. */
    synchronized List<WindowRow> rows(WindowSize size, long startMs, Dimension dimension) {
        NavigableMap<Long, Rows> ofSize = windows.get(size);
        Rows rows = ofSize == null ? null : ofSize.get(startMs);
        Map<DimensionKey, WindowRow> ofDimension = rows == null ? null : rows.byDimension.get(dimension);
        return ofDimension == null ? List.of() : new ArrayList<>(ofDimension.values());
    }
}
