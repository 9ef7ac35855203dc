package io.weir.topology;

import io.weir.domain.DimensionKey;
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
 * <p>The latter is on the heap only: after a restart every open row is published once, some at a time, since there can be
 * millions. Rows replace each other, so that changes nothing.
 *
 * <p>A row whose window closes is published and dropped in the same moment. While hours are read within seconds, most
 * rows of minutes come and go between two commits and are never written.
 */
final class PartitionTotals implements WindowTotals.Tallies {
    /** How many rows of the time before a restart are published at a time; a fraction of a second's work. */
    static final int MOST_AGAIN = 50_000;

    /** Rows; a fraction of a second's work. */
    private static final int MOST_CLOSED = 20_000;

    /** Dimension keys; a power of two. */
    private static final int LATELY = 1 << 14;

    private static final int SIZES = WindowSize.values().length;

    private final Windowing windowing;
    private final WriteBehindStore<WindowKey, PartitionTally> store;
    private final int mostAgain;

    /** The rows of the time before a restart that are still to be published again, and others. */
    private final Scan<WindowKey, PartitionTally> again;

    /**
     * The rows that have changed, by the end of their window, event time. Tallies know by themselves whether they stand
     * here, so that a change costs one look-up.
     */
    private final NavigableMap<Long, List<HeapEntry<WindowKey, PartitionTally>>> changed = new TreeMap<>();

    /**
     * The rows changed lately, those of one dimension key side by side, where its hash says: nearly every change finds its
     * row here, without a key to look it up by.
     */
    private final HeapEntry<WindowKey, PartitionTally>[] lately = newArray();

    /** For each size: no row is left of windows that start before this, event time. */
    private final Map<WindowSize, Long> closedBeforeMs = new EnumMap<>(WindowSize.class);

    /** @param mostAgain how many rows of the time before are published at a time */
    PartitionTotals(Windowing windowing, WriteBehindStore<WindowKey, PartitionTally> store, int mostAgain) {
        this.windowing = windowing;
        this.store = store;
        this.mostAgain = mostAgain;
        this.again = store.part(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @SuppressWarnings("unchecked")
    private static HeapEntry<WindowKey, PartitionTally>[] newArray() {
        return (HeapEntry<WindowKey, PartitionTally>[]) new HeapEntry<?, ?>[LATELY * SIZES];
    }

    private void addToChanged(HeapEntry<WindowKey, PartitionTally> entry) {
        long endMs = windowing.endMs(entry.key.size(), entry.key.startMs());
        changed.computeIfAbsent(endMs, first -> new ArrayList<>()).add(entry);
    }

    @Override
    public Tally toChange(WindowSize size, long startMs, DimensionKey key) {
        int slot = slot(size, key);
        HeapEntry<WindowKey, PartitionTally> entry = lately[slot];
        if (entry == null || entry.gone || entry.key.startMs() != startMs || !isOf(entry.key, size, key)) {
            entry = store.entry(new WindowKey(size, startMs, key));
            lately[slot] = entry;
        }
        PartitionTally row = store.change(entry, () -> new PartitionTally(new Tally()));
        if (row.getInLine(this)) {
            addToChanged(entry);
        }
        return row.tally();
    }

    private static int slot(WindowSize size, DimensionKey key) {
        int hash = key.hashCode();
        return ((hash ^ hash >>> 15) & LATELY - 1) * SIZES + size.ordinal();
    }

    private static boolean isOf(WindowKey row, WindowSize size, DimensionKey key) {
        return row.size() == size && row.key().equals(key);
    }

    @Override
    public @Nullable Tally find(WindowKey key) {
        PartitionTally row = store.get(key);
        return row == null ? null : row.tally();
    }

    /**
     * Hands over some more of the rows that were stored before the start. Until all are, none may be closed, and what is
     * published does not hold all that was read.
     */
    void publishAgain(BiConsumer<WindowKey, Tally> out) {
        again.next(mostAgain, (key, row) -> out.accept(key, row.tally()));
    }

    boolean isPublishedAgain() {
        return again.isOver();
    }

    /** Hands over each row that has changed and was not handed over since. */
    void publish(BiConsumer<WindowKey, Tally> out) {
        changed.values().forEach(entries -> publish(entries, out));
        changed.clear();
    }

    private void publish(List<HeapEntry<WindowKey, PartitionTally>> entries, BiConsumer<WindowKey, Tally> out) {
        for (HeapEntry<WindowKey, PartitionTally> entry : entries) {
            PartitionTally row = store.get(entry);
            if (row != null) {
                row.leaveLine();
                out.accept(entry.key, row.tally());
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
            List<HeapEntry<WindowKey, PartitionTally>> entries =
                    changed.pollFirstEntry().getValue();
            publish(entries, out);
            entries.forEach(store::delete);
        }
        return any;
    }

    /**
     * Drops rows of windows that end at or before {@code horizonMs}, event time: nothing can change them any more. All
     * their changes must have been published. Drops no more than some at a time, since after a jump of event time there
     * can be many; the others go with the next calls.
     */
    void close(long horizonMs) {
        List<WindowKey> closed = new ArrayList<>();
        for (WindowSize size : windowing.sizes()) {
            long fromMs = closedBeforeMs.getOrDefault(size, Long.MIN_VALUE);
            long untilMs = Math.max(fromMs, windowing.startMs(size, horizonMs));
            Scan<WindowKey, PartitionTally> rows =
                    store.part(WindowKeyFormat.group(size, fromMs), WindowKeyFormat.group(size, untilMs));
            rows.next(MOST_CLOSED - closed.size(), (key, row) -> closed.add(key));
            if (rows.isOver()) {
                closedBeforeMs.put(size, untilMs);
            }
        }
        closed.forEach(key -> store.delete(key));
    }
}
