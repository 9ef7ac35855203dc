package io.weir.topology;

import io.weir.domain.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Drops from a store what stream time has passed by so much that nobody can need it any more. Goes round the whole store
 * a little at a time, and at least as fast as it grows, so it cannot outgrow the sweep.
 */
final class Sweep<K, V> {
    /** How many values are looked at each time, beside two for each that was added. */
    private static final int SWEPT = 500;

    private final WriteBehindStore<K, V> store;
    private final ToLongFunction<V> timeMs;
    private final ToLongFunction<byte[]> storedTimeMs;
    private final long memoryMs;
    private byte @Nullable [] sweptTo;
    private int added;

    /** No value is older, event time, as far as is known. */
    private long oldestMs = Long.MIN_VALUE;

    /** The same of those that this round has come to, and of those that have been added. */
    private long oldestOfRoundMs = Long.MAX_VALUE;

    /**
     * @param timeMs the event time that counts, of a value on the heap
     * @param storedTimeMs the same of a stored value
     * @param memoryMs how far behind stream time a value is still kept, milliseconds
     */
    Sweep(WriteBehindStore<K, V> store, ToLongFunction<V> timeMs, ToLongFunction<byte[]> storedTimeMs, long memoryMs) {
        this.store = store;
        this.timeMs = timeMs;
        this.storedTimeMs = storedTimeMs;
        this.memoryMs = memoryMs;
    }

    /** A value of this event time has been added. */
    void added(long atMs) {
        added++;
        oldestMs = Math.min(oldestMs, atMs);
        oldestOfRoundMs = Math.min(oldestOfRoundMs, atMs);
    }

    /** Looks at the next few values, if any can be old. */
    void sweep(long streamTimeMs) {
        int limit = SWEPT + 2 * added;
        added = 0;
        if (streamTimeMs == Journey.NO_STREAM_TIME || oldestMs >= streamTimeMs - memoryMs) {
            return;
        }
        List<K> old = new ArrayList<>();
        sweptTo = store.scanStored(sweptTo, limit, (key, bytes) -> {
            V value = store.onHeap(key);
            long lastTimeMs = value == null ? storedTimeMs.applyAsLong(bytes) : timeMs.applyAsLong(value);
            if (lastTimeMs < streamTimeMs - memoryMs) {
                old.add(key);
            } else {
                oldestOfRoundMs = Math.min(oldestOfRoundMs, lastTimeMs);
            }
        });
        if (sweptTo == null) {
            oldestMs = oldestOfRoundMs;
            oldestOfRoundMs = Long.MAX_VALUE;
        }
        // Not before all have been looked at: a deletion can push another, newer than its stored bytes, off the heap.
        old.forEach(store::delete);
    }
}
