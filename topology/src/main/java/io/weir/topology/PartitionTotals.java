package io.weir.topology;

import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import io.weir.serde.WindowKeyFormat;
import java.util.ArrayList;
import java.util.List;
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
    private final WriteBehindStore<WindowKey, PartitionTally> store;

    /** Tallies know by themselves whether they stand here, so that a change costs one look-up. */
    private List<WindowKey> changed = new ArrayList<>();

    private long closedHorizonMs = Long.MIN_VALUE;

    PartitionTotals(Windowing windowing, WriteBehindStore<WindowKey, PartitionTally> store) {
        this.windowing = windowing;
        this.store = store;
        for (WindowSize size : windowing.sizes()) {
            scan(size, Long.MIN_VALUE, Long.MAX_VALUE, this::publishAgain);
        }
    }

    private void publishAgain(WindowKey key, PartitionTally row) {
        changed.add(key);
    }

    @Override
    public Tally toChange(WindowKey key) {
        PartitionTally row = store.change(key, () -> new PartitionTally(new Tally()));
        if (row.getInLine()) {
            changed.add(key);
        }
        return row.tally();
    }

    @Override
    public @Nullable Tally find(WindowKey key) {
        PartitionTally row = store.get(key);
        return row == null ? null : row.tally();
    }

    /** Hands over each row that has changed since the last call. */
    void publish(BiConsumer<WindowKey, Tally> out) {
        List<WindowKey> published = changed;
        changed = new ArrayList<>();
        for (WindowKey key : published) {
            PartitionTally row = store.get(key);
            if (row != null) {
                row.leaveLine();
                out.accept(key, row.tally());
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
                scan(size, fromMs, toMs, (key, row) -> closed.add(key));
                closed.forEach(store::delete);
            }
        }
        closedHorizonMs = Math.max(closedHorizonMs, horizonMs);
    }

    private void scan(WindowSize size, long fromMs, long toMs, BiConsumer<WindowKey, PartitionTally> each) {
        store.scan(WindowKeyFormat.lowerBound(size, fromMs), WindowKeyFormat.lowerBound(size, toMs), each);
    }
}
