package io.weir.topology;

import io.weir.topology.WriteBehindStore.Format;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Some groups of the keys of a {@link WriteBehindStore}, of which each call looks at the next few, as they are by then,
 * on the heap or below.
 */
final class Scan<K, V> {
    static final Bytes LEAST = Bytes.wrap(new byte[0]);

    /** How many entries are held at a time. */
    private static final int PAGE = 10_000;

    private final WriteBehindStore<K, V> store;
    private final Format<K, V> format;
    private long from;
    private final long to;

    /** The last key that was looked at. */
    private @Nullable Bytes last;

    private boolean isOver = false;

    /** The groups {@code from <= group < to}. */
    Scan(WriteBehindStore<K, V> store, Format<K, V> format, long from, long to) {
        this.store = store;
        this.format = format;
        this.from = from;
        this.to = to;
    }

    /** Whether no key is left. */
    boolean isOver() {
        return isOver;
    }

    /**
     * Calls back for up to {@code most} keys and their values, in the order of the keys' bytes. The callback may change the
     * store, but delete no key that is still to come.
     *
     * @return how many there were
     */
    int next(int most, BiConsumer<K, V> each) {
        if (most <= 0) {
            return 0;
        }
        Merge keys = new Merge(Math.min(PAGE, most));
        int found = 0;
        while (found < most && !isOver) {
            KeyValue<Bytes, byte[]> next = keys.next();
            if (next == null) {
                isOver = true;
            } else if (last == null || next.key.compareTo(last) > 0) {
                last = next.key;
                found += callBack(next, each) ? 1 : 0;
            }
        }
        if (last != null) {
            from = Math.max(from, format.group(format.keyFromBytes(last.get())));
        }
        return found;
    }

    /** False if there is no such key any more. */
    private boolean callBack(KeyValue<Bytes, byte[]> next, BiConsumer<K, V> each) {
        K key = format.keyFromBytes(next.key.get());
        V value = store.latest(key, next.value);
        if (value != null) {
            each.accept(key, value);
        }
        return value != null;
    }

    private Bytes lowerBound(long group) {
        return group == Long.MIN_VALUE ? LEAST : Bytes.wrap(format.lowerBound(group));
    }

    /** The least bytes that are greater. */
    static Bytes justBehind(Bytes bytes) {
        return Bytes.wrap(Arrays.copyOf(bytes.get(), bytes.get().length + 1));
    }

    /** Keys in the order of their bytes: those of the store below, a page at a time, and those changed on the heap. */
    private final class Merge {
        private final Deque<Bytes> onHeap = store.changedKeys(from, to);
        private final Deque<KeyValue<Bytes, byte[]>> page = new ArrayDeque<>();
        private final @Nullable Bytes end = to == Long.MAX_VALUE ? null : lowerBound(to);
        private final int pageSize;
        private @Nullable Bytes nextPage = last == null ? lowerBound(from) : justBehind(last);

        Merge(int pageSize) {
            this.pageSize = pageSize;
        }

        /** The next key, null at the end, with its stored value; without it what is stored is to be read anew. */
        @Nullable
        KeyValue<Bytes, byte[]> next() {
            if (page.isEmpty() && nextPage != null) {
                page.addAll(store.page(nextPage, end, pageSize));
                nextPage = page.size() < pageSize ? null : justBehind(page.getLast().key);
            }
            KeyValue<Bytes, byte[]> stored = page.peek();
            Bytes changed = onHeap.peek();
            if (changed == null || (stored != null && stored.key.compareTo(changed) < 0)) {
                return page.poll();
            }
            if (stored != null && stored.key.equals(changed)) {
                page.remove();
            }
            return new KeyValue<>(onHeap.remove(), null);
        }
    }
}
