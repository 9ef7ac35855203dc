package io.weir.topology;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link WriteBehindStore} that are on the heap: as many as there is room for. Which of them goes next
 * is told by CLOCK (Corbató 1968), the second chance.
 */
final class HeapEntries<K, V> {
    /** A power of two. */
    private static final int LATEST = 1 << 14;

    private final int capacity;
    private final Consumer<HeapEntry<K, V>> pushedOff;

    private final Map<K, HeapEntry<K, V>> entries = new HashMap<>();

    /** In the order in which they came or had their second chance, some that are gone among them. */
    private final Deque<HeapEntry<K, V>> inOrder = new ArrayDeque<>();

    /** How many of {@link #inOrder} are gone. */
    private int gone = 0;

    /** The entries asked for lately, each where its key's hash says: found without a walk through {@link #entries}. */
    private final HeapEntry<K, V>[] latest;

    /**
     * @param capacity how many there are at most
     * @param pushedOff takes each entry for which there is no room any more
     */
    @SuppressWarnings("unchecked")
    HeapEntries(int capacity, Consumer<HeapEntry<K, V>> pushedOff) {
        this.capacity = capacity;
        this.pushedOff = pushedOff;
        this.latest = (HeapEntry<K, V>[]) new HeapEntry<?, ?>[Math.min(LATEST, Integer.highestOneBit(capacity))];
    }

    /** The entry of this key, null if there is none; asking keeps it longer. */
    @Nullable
    HeapEntry<K, V> find(K key) {
        int slot = slot(key);
        HeapEntry<K, V> entry = latest[slot];
        if (entry == null || entry.gone || !entry.key.equals(key)) {
            entry = entries.get(key);
            if (entry == null) {
                return null;
            }
            latest[slot] = entry;
        }
        entry.used = true;
        return entry;
    }

    /** The same, without keeping it longer. */
    @Nullable
    HeapEntry<K, V> peek(K key) {
        return entries.get(key);
    }

    /** Adds the entry of a key that has none. */
    HeapEntry<K, V> add(HeapEntry<K, V> entry) {
        makeRoom();
        entries.put(entry.key, entry);
        inOrder.addLast(entry);
        latest[slot(entry.key)] = entry;
        return entry;
    }

    private void makeRoom() {
        while (entries.size() >= capacity) {
            HeapEntry<K, V> oldest = inOrder.removeFirst();
            if (oldest.gone) {
                gone--;
            } else if (oldest.used) {
                oldest.used = false;
                inOrder.addLast(oldest);
            } else {
                oldest.gone = true;
                entries.remove(oldest.key);
                pushedOff.accept(oldest);
            }
        }
    }

    private int slot(K key) {
        int hash = key.hashCode();
        hash ^= hash >>> 16;
        return (hash ^ hash >>> 7) & latest.length - 1;
    }

    /** Does nothing if it is not here any more, though another one of the same key may be. */
    void remove(HeapEntry<K, V> entry) {
        if (entry.gone) {
            return;
        }
        entry.gone = true;
        entry.value = null;
        entries.remove(entry.key);
        gone++;
        if (gone > capacity) {
            inOrder.removeIf(each -> each.gone);
            gone = 0;
        }
    }

    void clear() {
        entries.values().forEach(entry -> entry.gone = true);
        entries.clear();
        inOrder.clear();
        gone = 0;
        Arrays.fill(latest, null);
    }
}
