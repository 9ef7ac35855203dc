package io.weir.topology;

import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import io.weir.serde.WindowKeyFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one partition's visitors add up to, in a store, and which rows have changed since they were last published.
 *
 * <p>The latter is on the heap only: after a restart every open row is published once. Rows replace each other, so that
 * changes nothing.
 *
 * <p>A row whose window closes is published and dropped in the same moment. While hours are read within seconds, most
 * rows of minutes come and go between two commits and are never written.
 */
final class PartitionTotals implements WindowTotals.Tallies {
    /** Rows; a fraction of a second's work. */
    private static final int MOST_CLOSED = 20_000;

    private final Windowing windowing;
    private final WriteBehindStore<WindowKey, PartitionTally> store;

    /**
     * The rows that have changed, by the end of their window, event time. Tallies know by themselves whether they stand
     * here, so that a change costs one look-up.
     */
    private final NavigableMap<Long, List<WindowKey>> changed = new TreeMap<>();

    /** For each size: no row is left of windows that start before this, event time. */
    private final Map<WindowSize, Long> closedBeforeMs = new EnumMap<>(WindowSize.class);

    PartitionTotals(Windowing windowing, WriteBehindStore<WindowKey, PartitionTally> store) {
        this.windowing = windowing;
        this.store = store;
        for (WindowSize size : windowing.sizes()) {
            scan(size, Long.MIN_VALUE, Long.MAX_VALUE, this::publishAgain);
        }
    }

    private void publishAgain(WindowKey key, PartitionTally row) {
        if (row.getInLine()) {
            addToChanged(key);
        }
    }

    private void addToChanged(WindowKey key) {
        long endMs = windowing.endMs(key.size(), key.startMs());
        changed.computeIfAbsent(endMs, first -> new ArrayList<>()).add(key);
    }

    @Override
    public Tally toChange(WindowKey key) {
        PartitionTally row = store.change(key, () -> new PartitionTally(new Tally()));
        if (row.getInLine()) {
            addToChanged(key);
        }
        return row.tally();
    }

    @Override
    public @Nullable Tally find(WindowKey key) {
        PartitionTally row = store.get(key);
        return row == null ? null : row.tally();
    }

    /** Hands over each row that has changed and was not handed over since. */
    void publish(BiConsumer<WindowKey, Tally> out) {
        changed.values().forEach(keys -> publish(keys, out));
        changed.clear();
    }

    private void publish(List<WindowKey> keys, BiConsumer<WindowKey, Tally> out) {
        for (WindowKey key : keys) {
            PartitionTally row = store.get(key);
            if (row != null) {
                row.leaveLine();
                out.accept(key, row.tally());
            }
        }
    }

    /**
     * Hands over and drops each row that has changed and whose window ends at or before {@code horizonMs}, event time:
     * nothing can change it any more. False if there is none.
     */
    boolean publishClosed(long horizonMs, BiConsumer<WindowKey, Tally> out) {
        boolean any = false;
        while (!changed.isEmpty() && changed.firstKey() <= horizonMs) {
            any = true;
            List<WindowKey> keys = changed.pollFirstEntry().getValue();
            publish(keys, out);
            keys.forEach(store::delete);
        }
        return any;
    }

    /**
     * Drops rows of windows that end at or before {@code horizonMs}, event time: nothing can change them any more. All
     * their changes must have been published. Drops no more than some at a time, since after a jump of event time there
     * can be many; the others go with the next calls.
     */
    void close(long horizonMs) {
        int left = MOST_CLOSED;
        for (WindowSize size : windowing.sizes()) {
            byte[] until = WindowKeyFormat.lowerBound(size, windowing.startMs(size, horizonMs));
            WindowKey first = firstOpen(size, until);
            while (first != null && left > 0) {
                left -= drop(size, first.startMs());
                first = firstOpen(size, until);
            }
        }
    }

    private @Nullable WindowKey firstOpen(WindowSize size, byte[] until) {
        return store.firstKey(
                WindowKeyFormat.lowerBound(size, closedBeforeMs.getOrDefault(size, Long.MIN_VALUE)), until);
    }

    /** Drops all rows of one window; returns how many. */
    private int drop(WindowSize size, long startMs) {
        long endMs = windowing.endMs(size, startMs);
        closedBeforeMs.put(size, endMs);
        List<WindowKey> closed = new ArrayList<>();
        scan(size, startMs, endMs, (key, row) -> closed.add(key));
        closed.forEach(store::delete);
        return closed.size();
    }

    private void scan(WindowSize size, long fromMs, long toMs, BiConsumer<WindowKey, PartitionTally> each) {
        store.scan(WindowKeyFormat.lowerBound(size, fromMs), WindowKeyFormat.lowerBound(size, toMs), each);
    }
}
