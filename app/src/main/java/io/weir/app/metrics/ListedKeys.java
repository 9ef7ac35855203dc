package io.weir.app.metrics;

import io.weir.app.figures.Figure;
import io.weir.domain.DimensionKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which keys of one dimension have series of their own: the first {@code limit}, and those listed before that are still
 * among the first {@link #depth}, so that keys near the limit do not come and go. Never more than {@link #depth}. Not
 * thread-safe.
 */
final class ListedKeys {
    private final int limit;
    private Map<DimensionKey, SeriesKey> listed = Map.of();

    ListedKeys(int limit) {
        this.limit = limit;
    }

    /** How far down the ranking a listed key stays listed: a quarter beyond the limit. */
    int depth() {
        return limit + limit / 4;
    }

    /**
     * Looks at the ranking anew.
     *
     * @param ranking the most important first, as far as {@link #depth}
     */
    void update(List<Figure> ranking) {
        Map<DimensionKey, SeriesKey> next = new HashMap<>();
        Set<List<String>> taken = new HashSet<>();
        for (int rank = 0; rank < ranking.size(); rank++) {
            DimensionKey key = ranking.get(rank).key();
            SeriesKey known = listed.get(key);
            boolean wanted = rank < limit || known != null;
            if (wanted && !SeriesKey.isCalledOthers(key)) {
                SeriesKey series = known == null ? SeriesKey.of(key) : known;
                // Two series with the same labels would make the whole scrape invalid.
                if (taken.add(series.values())) {
                    next.put(key, series);
                }
            }
        }
        if (!next.keySet().equals(listed.keySet())) {
            SortedMap<DimensionKey, SeriesKey> sorted = new TreeMap<>(DimensionKey.ORDER);
            sorted.putAll(next);
            listed = new LinkedHashMap<>(sorted);
        }
    }

    /** In the order of the keys. */
    Map<DimensionKey, SeriesKey> listed() {
        return Collections.unmodifiableMap(listed);
    }
}
