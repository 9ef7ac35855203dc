package io.weir.topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A state store of live objects that are written behind: what an event changes is changed on the heap, and all that has
 * changed since the last commit goes to the store below, and so to its changelog, once, right before the next commit.
 *
 * <p>Crash-safe, because Kafka Streams calls {@link #flushCache} before every commit, whoever asked for it, as it does
 * for its own record caches: what is only on the heap has never been committed. That hook belongs to an internal class,
 * and this is the one place that uses it; {@code TopologyShapeTest} says what to check when Kafka is upgraded.
 *
 * <p>Objects may be changed in place, but only between {@link #get} and the {@link #put} that follows it. Used by one
 * stream thread at a time, like every store.
 *
 * @param <K> what is looked up; equal keys have equal bytes
 */
public final class WriteBehindStore<K, V> extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, K, V> {

    /** How keys and values become bytes and come back. */
    public interface Format<K, V> {

        byte[] keyToBytes(K key);

        K keyFromBytes(byte[] bytes);

        byte[] valueToBytes(V value);

        V valueFromBytes(K key, byte[] bytes);

        /** Which group of keys, of those that are scanned one without the others. A lower group's bytes come first. */
        default long group(K key) {
            return 0;
        }

        /** No key of this group or a higher one has lower bytes, and all others have. */
        default byte[] lowerBound(long group) {
            return new byte[0];
        }
    }

    private static final class Entry<K, V> {
        final K key;

        /** The key as the store below has it; made when it is first needed. */
        private byte @Nullable [] keyBytes;

        @Nullable
        V value;

        boolean changed;

        /** Whether the store below may have this key. What comes and goes between two commits is never written. */
        boolean mayBeStored;

        /** Asked for since it was last the oldest. */
        boolean used;

        /** No longer on the heap, though still among {@link WriteBehindStore#latest}. */
        boolean evicted;

        Entry(K key, @Nullable V value, boolean mayBeStored) {
            this.key = key;
            this.value = value;
            this.mayBeStored = mayBeStored;
        }

        byte[] keyBytes(Format<K, V> format) {
            if (keyBytes == null) {
                keyBytes = format.keyToBytes(key);
            }
            return keyBytes;
        }
    }

    /** How many entries a scan holds at a time. */
    private static final int PAGE = 10_000;

    /** A power of two. */
    private static final int LATEST = 1 << 14;

    private final Format<K, V> format;
    private final int capacity;

    /** In the order in which they came; which of them goes is told by CLOCK (Corbató 1968), the second chance. */
    private final LinkedHashMap<K, Entry<K, V>> cached = new LinkedHashMap<>();

    /** The entries asked for lately, each where its key's hash says: found without a walk through {@link #cached}. */
    private final Entry<K, V>[] latest;

    /** By the key's group, so that a scan need not look at all. */
    private NavigableMap<Long, List<Entry<K, V>>> changed = new TreeMap<>();

    private List<WriteBehindStore<?, ?>> before = List.of();

    /**
     * @param inner keeps the bytes and writes the changelog
     * @param capacity how many objects stay on the heap between commits
     */
    @SuppressWarnings("unchecked")
    WriteBehindStore(KeyValueStore<Bytes, byte[]> inner, Format<K, V> format, int capacity) {
        super(inner);
        this.format = format;
        this.capacity = capacity;
        this.latest = (Entry<K, V>[]) new Entry<?, ?>[Math.min(LATEST, Integer.highestOneBit(capacity))];
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache();
        super.init(context, root);
    }

    /** The value of this key, null if there is none. */
    public @Nullable V get(K key) {
        Entry<K, V> entry = onHeapEntry(key);
        if (entry == null) {
            V value = stored(key);
            if (value == null) {
                return null;
            }
            entry = add(new Entry<>(key, value, true));
        }
        return entry.value;
    }

    /** The value of this key, to be changed in place at once; a new one if there is none. Saves a {@link #put}. */
    public V change(K key, Supplier<V> ifAbsent) {
        Entry<K, V> entry = onHeapEntry(key);
        if (entry == null) {
            V stored = stored(key);
            entry = add(new Entry<>(key, stored, stored != null));
        }
        markChanged(entry);
        V value = entry.value;
        if (value == null) {
            value = ifAbsent.get();
            entry.value = value;
        }
        return value;
    }

    private @Nullable V stored(K key) {
        byte[] bytes = wrapped().get(Bytes.wrap(format.keyToBytes(key)));
        return bytes == null ? null : format.valueFromBytes(key, bytes);
    }

    /** The value of this key if it is on the heap, where it may be newer than what {@link #scanStored} shows. */
    @Nullable
    V onHeap(K key) {
        Entry<K, V> entry = cached.get(key);
        return entry == null ? null : entry.value;
    }

    private @Nullable Entry<K, V> onHeapEntry(K key) {
        int slot = slot(key);
        Entry<K, V> entry = latest[slot];
        if (entry == null || entry.evicted || !entry.key.equals(key)) {
            entry = cached.get(key);
            if (entry == null) {
                return null;
            }
            latest[slot] = entry;
        }
        entry.used = true;
        return entry;
    }

    private int slot(K key) {
        int hash = key.hashCode();
        hash ^= hash >>> 16;
        return (hash ^ hash >>> 7) & latest.length - 1;
    }

    private Entry<K, V> add(Entry<K, V> entry) {
        makeRoom();
        cached.put(entry.key, entry);
        latest[slot(entry.key)] = entry;
        return entry;
    }

    private void makeRoom() {
        while (cached.size() >= capacity) {
            Iterator<Entry<K, V>> inOrder = cached.values().iterator();
            Entry<K, V> oldest = inOrder.next();
            inOrder.remove();
            if (oldest.used) {
                oldest.used = false;
                cached.put(oldest.key, oldest);
            } else {
                oldest.evicted = true;
                write(oldest);
                // It may still stand among the changed ones, and must not hold there what has left the heap.
                oldest.value = null;
            }
        }
    }

    /** Sets the value of this key; the same object that {@link #get} returned where it was changed in place. */
    public void put(K key, V value) {
        set(key, value);
    }

    public void delete(K key) {
        set(key, null);
    }

    private void set(K key, @Nullable V value) {
        Entry<K, V> entry = onHeapEntry(key);
        if (entry == null) {
            entry = add(new Entry<>(key, value, true));
        }
        entry.value = value;
        markChanged(entry);
    }

    private void markChanged(Entry<K, V> entry) {
        if (!entry.changed) {
            entry.changed = true;
            changed.computeIfAbsent(format.group(entry.key), first -> new ArrayList<>())
                    .add(entry);
        }
    }

    /**
     * Calls back for each key and value with {@code from <= group < to}, in the order of the keys' bytes. The callback may
     * change the store, but delete no key that is still to come.
     *
     * @return how many there were
     */
    public int scan(long from, long to, BiConsumer<K, V> each) {
        return part(from, to).next(Integer.MAX_VALUE, each);
    }

    /** The same for all keys. */
    public void scanAll(BiConsumer<K, V> each) {
        scan(Long.MIN_VALUE, Long.MAX_VALUE, each);
    }

    /** The same, some at a time. */
    Part part(long from, long to) {
        return new Part(from, to);
    }

    /** The keys of some groups, of which each call looks at the next few, as they are by then. */
    final class Part {
        private long from;
        private final long to;

        /** The last key that was called back for. */
        private byte @Nullable [] last;

        private boolean isOver = false;

        private Part(long from, long to) {
            this.from = from;
            this.to = to;
        }

        /** Whether no key is left. */
        boolean isOver() {
            return isOver;
        }

        /**
         * Calls back for up to {@code most} keys and their values, in the order of the keys' bytes.
         *
         * @return how many there were
         */
        int next(int most, BiConsumer<K, V> each) {
            if (most <= 0) {
                return 0;
            }
            byte[] first = last == null ? lowerBound(from) : justBehind(last);
            Merge keys = new Merge(keysOf(changedIn(from, to)), first, to, Math.min(PAGE, most));
            int found = 0;
            while (found < most && !isOver) {
                KeyValue<Bytes, byte[]> next = keys.next();
                if (next == null) {
                    isOver = true;
                } else if (last == null || Arrays.compareUnsigned(next.key.get(), last) > 0) {
                    last = next.key.get();
                    found += callBack(next.key, next.value, each) ? 1 : 0;
                }
            }
            if (last != null) {
                from = Math.max(from, format.group(format.keyFromBytes(last)));
            }
            return found;
        }
    }

    /** Keys in the order of their bytes: those of the store below, a page at a time, and those changed on the heap. */
    private final class Merge {
        private final Deque<Bytes> onHeap;
        private final Deque<KeyValue<Bytes, byte[]>> page = new ArrayDeque<>();
        private final byte @Nullable [] end;
        private final int pageSize;
        private byte @Nullable [] nextPage;

        Merge(Deque<Bytes> onHeap, byte[] from, long to, int pageSize) {
            this.onHeap = onHeap;
            this.pageSize = pageSize;
            this.nextPage = from;
            this.end = to == Long.MAX_VALUE ? null : lowerBound(to);
        }

        /** The next key, null at the end, with its stored value; without it what is stored is to be read anew. */
        @Nullable
        KeyValue<Bytes, byte[]> next() {
            if (page.isEmpty() && nextPage != null) {
                page.addAll(page(nextPage, end, PAGE));
                nextPage = page.size() < PAGE
                        ? null
                        : justBehind(page.getLast().key.get());
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

    private byte[] lowerBound(long group) {
        return group == Long.MIN_VALUE ? new byte[0] : format.lowerBound(group);
    }

    /** The entries of these groups among which the changed ones are. */
    private Collection<List<Entry<K, V>>> changedIn(long from, long to) {
        return from < to ? changed.subMap(from, to).values() : List.of();
    }

    /** The changed keys among these, which the store below may not have yet, in the order of their bytes. */
    private Deque<Bytes> keysOf(Collection<List<Entry<K, V>>> groups) {
        List<Bytes> keys = new ArrayList<>();
        for (List<Entry<K, V>> group : groups) {
            for (Entry<K, V> entry : group) {
                if (entry.changed && (entry.value != null || entry.mayBeStored)) {
                    keys.add(Bytes.wrap(entry.keyBytes(format)));
                }
            }
        }
        keys.sort(null);
        return new ArrayDeque<>(keys);
    }

    private List<KeyValue<Bytes, byte[]>> page(byte[] from, byte @Nullable [] to, int most) {
        List<KeyValue<Bytes, byte[]>> page = new ArrayList<>();
        if (to != null && Bytes.BYTES_LEXICO_COMPARATOR.compare(from, to) >= 0) {
            return page;
        }
        Bytes end = to == null ? null : Bytes.wrap(to);
        try (KeyValueIterator<Bytes, byte[]> range = wrapped().range(Bytes.wrap(from), end)) {
            while (range.hasNext() && page.size() < most) {
                KeyValue<Bytes, byte[]> found = range.next();
                if (to == null || Bytes.BYTES_LEXICO_COMPARATOR.compare(found.key.get(), to) < 0) {
                    page.add(found);
                }
            }
        }
        return page;
    }

    /**
     * False if there is no such key any more.
     *
     * @param stored null to read anew what the store below has, should the key have left the heap meanwhile
     */
    private boolean callBack(Bytes keyBytes, byte @Nullable [] stored, BiConsumer<K, V> each) {
        K key = format.keyFromBytes(keyBytes.get());
        Entry<K, V> entry = cached.get(key);
        V value;
        if (entry != null) {
            value = entry.value;
        } else {
            value = stored == null ? stored(key) : format.valueFromBytes(key, stored);
        }
        if (value != null) {
            each.accept(key, value);
        }
        return value != null;
    }

    /** The least bytes that are greater. */
    private static byte[] justBehind(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /**
     * Calls back for up to {@code limit} stored keys and their bytes after {@code after}, in the order of the keys'
     * bytes, without looking at the heap.
     *
     * @return the last key's bytes, null when the end was reached
     */
    byte @Nullable [] scanStored(byte @Nullable [] after, int limit, BiConsumer<K, byte[]> each) {
        List<KeyValue<Bytes, byte[]>> found = page(after == null ? new byte[0] : justBehind(after), null, limit);
        found.forEach(next -> each.accept(format.keyFromBytes(next.key.get()), next.value));
        return found.size() < limit ? null : found.get(limit - 1).key.get();
    }

    /** From now on these are written whenever this one is, before it: whoever reads below sees it behind them. */
    void writeAfter(WriteBehindStore<?, ?>... others) {
        before = List.of(others);
    }

    /** Writes all that has changed to the store below. Kafka Streams calls this before every commit. */
    @Override
    public void flushCache() {
        before.forEach(WriteBehindStore::flushCache);
        NavigableMap<Long, List<Entry<K, V>>> toWrite = changed;
        changed = new TreeMap<>();
        toWrite.values().forEach(group -> group.forEach(this::writeAndForgetIfDeleted));
    }

    private void writeAndForgetIfDeleted(Entry<K, V> entry) {
        write(entry);
        if (entry.value == null && !entry.evicted) {
            entry.evicted = true;
            cached.remove(entry.key);
        }
    }

    private void write(Entry<K, V> entry) {
        if (!entry.changed) {
            return;
        }
        boolean exists = entry.value != null;
        if (exists || entry.mayBeStored) {
            byte[] value = entry.value == null ? null : format.valueToBytes(entry.value);
            wrapped().put(Bytes.wrap(entry.keyBytes(format)), value);
        }
        entry.mayBeStored = exists;
        entry.changed = false;
    }

    @Override
    public void clearCache() {
        cached.clear();
        Arrays.fill(latest, null);
        changed.clear();
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }
}
