package io.weir.topology;

import io.weir.domain.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Drops from a store what stream time has passed by so much that nobody can need it any more. Goes round the whole store
 * a little at a time.
 */
final class Sweep<K, V> {
    private final WriteBehindStore<K, V> store;
    private final ToLongFunction<V> timeMs;
    private final ToLongFunction<byte[]> storedTimeMs;
    private final long memoryMs;
    private byte @Nullable [] sweptTo;

    /**
     * @param timeMs the event time that counts, of a value on the heap
     * @param storedTimeMs the same of a stored value
     * @param memoryMs how far behind stream time a value is still kept
     */
    Sweep(WriteBehindStore<K, V> store, ToLongFunction<V> timeMs, ToLongFunction<byte[]> storedTimeMs, long memoryMs) {
        this.store = store;
        this.timeMs = timeMs;
        this.storedTimeMs = storedTimeMs;
        this.memoryMs = memoryMs;
    }

    /** Looks at the next {@code limit} values. */
    void sweep(int limit, long streamTimeMs) {
        if (streamTimeMs == Journey.NO_STREAM_TIME) {
            return;
        }
        List<K> old = new ArrayList<>();
        sweptTo = store.scanStored(sweptTo, limit, (key, bytes) -> {
            V value = store.onHeap(key);
            long lastTimeMs = value == null ? storedTimeMs.applyAsLong(bytes) : timeMs.applyAsLong(value);
            if (lastTimeMs < streamTimeMs - memoryMs) {
                old.add(key);
            }
        });
        // Not before all have been looked at: a deletion can push another, newer than its stored bytes, off the heap.
        old.forEach(store::delete);
    }
}
