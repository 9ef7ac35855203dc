package io.weir.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map in the order in which its keys were put, for few keys: up to {@value #SCANNED} they are looked for one after the
 * other in an array, which takes a fifth of the memory of a hash map and is copied at once. With more, it is a
 * {@link LinkedHashMap}, so that a visitor with thousands of products costs no more an event than others. Not
 * thread-safe.
 */
final class SmallMap<K, V> {
    static final int SCANNED = 16;

    private static final Object[] NOTHING = {};

    /** Key, value, key, value, up to {@link #end}; unused once there is {@link #large}. */
    private Object[] slots;

    private int end;
    private @Nullable LinkedHashMap<K, V> large;

    SmallMap() {
        slots = NOTHING;
    }

    /** A copy, with room for one key more. */
    SmallMap(SmallMap<K, V> other) {
        slots = other.end == 0 ? NOTHING : Arrays.copyOf(other.slots, other.end + 2);
        end = other.end;
        large = other.large == null ? null : new LinkedHashMap<>(other.large);
    }

    int size() {
        return large == null ? end / 2 : large.size();
    }

    @Nullable
    V get(K key) {
        if (large != null) {
            return large.get(key);
        }
        int at = find(key);
        return at < 0 ? null : value(at);
    }

    V getOrDefault(K key, V ifAbsent) {
        V found = get(key);
        return found == null ? ifAbsent : found;
    }

    /** Sets the value of this key; a new one comes last. */
    void put(K key, V value) {
        if (large != null) {
            large.put(key, value);
            return;
        }
        int at = find(key);
        if (at >= 0) {
            slots[at + 1] = value;
        } else {
            append(key, value);
        }
    }

    /** Sets the value of this key, which comes last now also where it is not new. */
    void putLast(K key, V value) {
        if (large != null) {
            large.remove(key);
            large.put(key, value);
            return;
        }
        int at = find(key);
        if (at >= 0) {
            System.arraycopy(slots, at + 2, slots, at, end - at - 2);
            end -= 2;
        }
        append(key, value);
    }

    /** Where the value of this key equals {@code before}, sets it to {@code now}. */
    void replace(K key, V before, V now) {
        if (before.equals(get(key))) {
            put(key, now);
        }
    }

    /** Removes the keys at the beginning whose values pass, up to the first that does not. */
    void removeFirstWhile(Predicate<V> goes) {
        int first = 0;
        if (large == null) {
            while (first < end && goes.test(value(first))) {
                first += 2;
            }
            removeFirst(first);
        } else {
            var oldest = large.values().iterator();
            while (oldest.hasNext() && goes.test(oldest.next())) {
                oldest.remove();
            }
        }
    }

    private void removeFirst(int count) {
        if (count > 0) {
            System.arraycopy(slots, count, slots, 0, end - count);
            shrinkTo(end - count);
        }
    }

    /** Removes the keys that pass with their values. */
    void removeIf(BiPredicate<K, V> goes) {
        if (large != null) {
            large.entrySet().removeIf(entry -> goes.test(entry.getKey(), entry.getValue()));
            return;
        }
        int kept = 0;
        for (int at = 0; at < end; at += 2) {
            if (!goes.test(key(at), value(at))) {
                slots[kept] = slots[at];
                slots[kept + 1] = slots[at + 1];
                kept += 2;
            }
        }
        shrinkTo(kept);
    }

    private void shrinkTo(int newEnd) {
        Arrays.fill(slots, newEnd, end, null);
        end = newEnd;
    }

    void forEach(BiConsumer<K, V> each) {
        if (large != null) {
            large.forEach(each);
            return;
        }
        for (int at = 0; at < end; at += 2) {
            each.accept(key(at), value(at));
        }
    }

    /** The values in order; a copy. */
    List<V> values() {
        List<V> values = new ArrayList<>(size());
        forEach((key, value) -> values.add(value));
        return values;
    }

    private int find(K key) {
        for (int at = 0; at < end; at += 2) {
            if (slots[at].equals(key)) {
                return at;
            }
        }
        return -1;
    }

    private void append(K key, V value) {
        if (end == 2 * SCANNED) {
            grow().put(key, value);
            return;
        }
        if (end == slots.length) {
            slots = Arrays.copyOf(slots, Math.max(4, end * 2));
        }
        slots[end] = key;
        slots[end + 1] = value;
        end += 2;
    }

    private Map<K, V> grow() {
        LinkedHashMap<K, V> grown = new LinkedHashMap<>();
        forEach(grown::put);
        slots = NOTHING;
        end = 0;
        large = grown;
        return grown;
    }

    @SuppressWarnings("unchecked")
    private K key(int at) {
        return (K) slots[at];
    }

    @SuppressWarnings("unchecked")
    private V value(int at) {
        return (V) slots[at + 1];
    }
}
