package io.weir.topology;

import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import io.weir.serde.WindowKeyFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one partition's visitors add up to, in a store, and which rows have changed since they were last published.
 *
 * <p>The latter is on the heap only: after a restart every open row is published once. Rows replace each other, so that
 * changes nothing.
 */
final class PartitionTotals implements WindowTotals.Tallies {
    private final Windowing windowing;
    private final WriteBehindStore<WindowKey, Tally> store;
    private Set<WindowKey> changed = new LinkedHashSet<>();
    private long closedHorizonMs = Long.MIN_VALUE;

    PartitionTotals(Windowing windowing, WriteBehindStore<WindowKey, Tally> store) {
        this.windowing = windowing;
        this.store = store;
        for (WindowSize size : windowing.sizes()) {
            scan(size, Long.MIN_VALUE, Long.MAX_VALUE, (key, tally) -> changed.add(key));
        }
    }

    @Override
    public Tally toChange(WindowKey key) {
        Tally tally = store.get(key);
        if (tally == null) {
            tally = new Tally();
        }
        store.put(key, tally);
        changed.add(key);
        return tally;
    }

    @Override
    public @Nullable Tally find(WindowKey key) {
        return store.get(key);
    }

    /** Hands over each row that has changed since the last call. */
    void publish(BiConsumer<WindowKey, Tally> out) {
        Set<WindowKey> published = changed;
        changed = new LinkedHashSet<>();
        for (WindowKey key : published) {
            Tally tally = store.get(key);
            if (tally != null) {
                out.accept(key, tally);
            }
        }
    }

    /**
     * Drops the rows of windows that end at or before {@code horizonMs}, event time: nothing can change them any more.
     * All their changes must have been published.
     */
    void close(long horizonMs) {
        for (WindowSize size : windowing.sizes()) {
            long fromMs = closedHorizonMs == Long.MIN_VALUE ? Long.MIN_VALUE : windowing.startMs(size, closedHorizonMs);
            long toMs = windowing.startMs(size, horizonMs);
            if (fromMs < toMs) {
                List<WindowKey> closed = new ArrayList<>();
                scan(size, fromMs, toMs, (key, tally) -> closed.add(key));
                closed.forEach(store::delete);
            }
        }
        closedHorizonMs = Math.max(closedHorizonMs, horizonMs);
    }

    private void scan(WindowSize size, long fromMs, long toMs, BiConsumer<WindowKey, Tally> each) {
        store.scan(WindowKeyFormat.lowerBound(size, fromMs), WindowKeyFormat.lowerBound(size, toMs), each);
    }
}
