package io.weir.topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
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

        /** Whether this value will hardly be asked for again, so that it leaves the heap as soon as it is written. */
        default boolean isAtRest(V value) {
            return false;
        }
    }

    private static final Comparator<KeyValue<Bytes, byte[]>> BY_KEY = Comparator.comparing(write -> write.key);

    private final Format<K, V> format;
    private final HeapEntries<K, V> onHeap;

    /** Changed since the last scan; a scan has them put in {@link #changedByGroup}. */
    private List<HeapEntry<K, V>> changedLately = new ArrayList<>();

    /** By the key's group, so that a scan need not look at all that has changed. */
    private NavigableMap<Long, List<HeapEntry<K, V>>> changedByGroup = new TreeMap<>();

    private List<WriteBehindStore<?, ?>> before = List.of();

    /**
     * @param inner keeps the bytes and writes the changelog
     * @param capacity how many objects stay on the heap between commits
     */
    WriteBehindStore(KeyValueStore<Bytes, byte[]> inner, Format<K, V> format, int capacity) {
        super(inner);
        this.format = format;
        this.onHeap = new HeapEntries<>(capacity, this::pushOff);
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache();
        super.init(context, root);
    }

    /** The value of this key, null if there is none. */
    public @Nullable V get(K key) {
        HeapEntry<K, V> entry = onHeap.find(key);
        if (entry == null) {
            V value = stored(key);
            if (value == null) {
                return null;
            }
            entry = onHeap.add(new HeapEntry<>(key, value, true));
        }
        return entry.value;
    }

    /** The value of this key, to be changed in place at once; a new one if there is none. Saves a {@link #put}. */
    public V change(K key, Supplier<V> ifAbsent) {
        return change(entry(key), ifAbsent);
    }

    /** The entry of this key, which stays the one of this key until it is gone. */
    HeapEntry<K, V> entry(K key) {
        HeapEntry<K, V> entry = onHeap.find(key);
        if (entry == null) {
            V stored = stored(key);
            entry = onHeap.add(new HeapEntry<>(key, stored, stored != null));
        }
        return entry;
    }

    /** The value of an entry's key, looked up only if the entry is gone. */
    @Nullable
    V get(HeapEntry<K, V> entry) {
        return entry.gone ? get(entry.key) : entry.value;
    }

    /** Like {@link #change(Object, Supplier)} with the entry's key, not looked up. @param entry is not gone */
    V change(HeapEntry<K, V> entry, Supplier<V> ifAbsent) {
        entry.used = true;
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
        HeapEntry<K, V> entry = onHeap.peek(key);
        return entry == null ? null : entry.value;
    }

    private void pushOff(HeapEntry<K, V> entry) {
        if (isToBeWritten(entry)) {
            wrapped().put(entry.keyBytes(format), valueBytes(entry));
        }
        noteWritten(entry);
        // It may still stand among the changed ones, and must not hold there what has left the heap.
        entry.value = null;
    }

    /** Sets the value of this key; the same object that {@link #get} returned where it was changed in place. */
    public void put(K key, V value) {
        set(key, value);
    }

    public void delete(K key) {
        set(key, null);
    }

    /** Deletes an entry's key, looked up only if the entry is gone. */
    void delete(HeapEntry<K, V> entry) {
        if (entry.gone) {
            delete(entry.key);
        } else {
            entry.value = null;
            markChanged(entry);
        }
    }

    private void set(K key, @Nullable V value) {
        HeapEntry<K, V> entry = onHeap.find(key);
        if (entry == null) {
            entry = onHeap.add(new HeapEntry<>(key, value, true));
        }
        entry.value = value;
        markChanged(entry);
    }

    private void markChanged(HeapEntry<K, V> entry) {
        if (!entry.changed) {
            entry.changed = true;
            changedLately.add(entry);
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
    Scan<K, V> part(long from, long to) {
        return new Scan<>(this, format, from, to);
    }

    /** The changed keys of these groups, which the store below may not have yet, in the order of their bytes. */
    Deque<Bytes> changedKeys(long from, long to) {
        List<Bytes> keys = new ArrayList<>();
        for (List<HeapEntry<K, V>> group : changedIn(from, to)) {
            for (HeapEntry<K, V> entry : group) {
                if (isToBeWritten(entry)) {
                    keys.add(entry.keyBytes(format));
                }
            }
        }
        keys.sort(null);
        return new ArrayDeque<>(keys);
    }

    private Collection<List<HeapEntry<K, V>>> changedIn(long from, long to) {
        for (HeapEntry<K, V> entry : changedLately) {
            changedByGroup
                    .computeIfAbsent(format.group(entry.key), first -> new ArrayList<>())
                    .add(entry);
        }
        changedLately.clear();
        return from < to ? changedByGroup.subMap(from, to).values() : List.of();
    }

    /**
     * Up to {@code most} keys and values of the store below, in the order of the keys' bytes.
     *
     * @param to the first key that does not belong to it, null for none
     */
    List<KeyValue<Bytes, byte[]>> page(Bytes from, @Nullable Bytes to, int most) {
        List<KeyValue<Bytes, byte[]>> page = new ArrayList<>();
        if (to != null && from.compareTo(to) >= 0) {
            return page;
        }
        try (KeyValueIterator<Bytes, byte[]> range = wrapped().range(from, to)) {
            while (range.hasNext() && page.size() < most) {
                KeyValue<Bytes, byte[]> found = range.next();
                if (to == null || found.key.compareTo(to) < 0) {
                    page.add(found);
                }
            }
        }
        return page;
    }

    /**
     * The value that a scan has come to, null if there is none any more.
     *
     * @param stored null to read anew what the store below has, should the key have left the heap meanwhile
     */
    @Nullable
    V latest(K key, byte @Nullable [] stored) {
        HeapEntry<K, V> entry = onHeap.peek(key);
        if (entry != null) {
            return entry.value;
        }
        return stored == null ? stored(key) : format.valueFromBytes(key, stored);
    }

    /**
     * Calls back for up to {@code limit} stored keys and their bytes after {@code after}, in the order of the keys'
     * bytes, without looking at the heap.
     *
     * @return the last key's bytes, null when the end was reached
     */
    byte @Nullable [] scanStored(byte @Nullable [] after, int limit, BiConsumer<K, byte[]> each) {
        Bytes first = after == null ? Scan.LEAST : Scan.justBehind(Bytes.wrap(after));
        List<KeyValue<Bytes, byte[]>> found = page(first, null, limit);
        found.forEach(next -> each.accept(format.keyFromBytes(next.key.get()), next.value));
        return found.size() < limit ? null : found.get(limit - 1).key.get();
    }

    /** From now on these are written whenever this one is, before it: whoever reads below sees it behind them. */
    void writeAfter(WriteBehindStore<?, ?>... others) {
        before = List.of(others);
    }

    /**
     * Writes all that has changed to the store below, in the order of the keys' bytes: RocksDB takes those faster, as it
     * does many at a time. Kafka Streams calls this before every commit.
     */
    @Override
    public void flushCache() {
        before.forEach(WriteBehindStore::flushCache);
        List<HeapEntry<K, V>> entries = takeChanged();
        List<KeyValue<Bytes, byte[]>> writes = new ArrayList<>(entries.size());
        for (HeapEntry<K, V> entry : entries) {
            if (isToBeWritten(entry)) {
                writes.add(KeyValue.pair(entry.keyBytes(format), valueBytes(entry)));
            }
        }
        writes.sort(BY_KEY);
        wrapped().putAll(writes);
        entries.forEach(this::noteWritten);
        entries.forEach(this::forgetIfAtRest);
    }

    /** All that has changed, some of it perhaps written since. */
    private List<HeapEntry<K, V>> takeChanged() {
        List<HeapEntry<K, V>> entries = new ArrayList<>(changedLately.size());
        changedByGroup.values().forEach(entries::addAll);
        entries.addAll(changedLately);
        changedByGroup.clear();
        changedLately.clear();
        return entries;
    }

    /** The store below is told of what it may have and of what stays, not of what comes and goes. */
    private boolean isToBeWritten(HeapEntry<K, V> entry) {
        return entry.changed && (entry.value != null || entry.mayBeStored);
    }

    /** Null for a deletion. */
    private byte @Nullable [] valueBytes(HeapEntry<K, V> entry) {
        return entry.value == null ? null : format.valueToBytes(entry.value);
    }

    private void noteWritten(HeapEntry<K, V> entry) {
        if (entry.changed) {
            entry.mayBeStored = entry.value != null;
            entry.changed = false;
        }
    }

    private void forgetIfAtRest(HeapEntry<K, V> entry) {
        V value = entry.value;
        if (value == null || format.isAtRest(value)) {
            onHeap.remove(entry);
        }
    }

    @Override
    public void clearCache() {
        onHeap.clear();
        changedLately.clear();
        changedByGroup.clear();
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }
}
