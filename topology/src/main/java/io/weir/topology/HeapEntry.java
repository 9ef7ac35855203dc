package io.weir.topology;

import io.weir.topology.WriteBehindStore.Format;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** One key of a {@link WriteBehindStore} and its value, which may be newer than the one in the store below. */
final class HeapEntry<K, V> {
    final K key;

    /** The key as the store below has it; made when it is first needed. */
    private @Nullable Bytes keyBytes;

    /** Null if the key is deleted. */
    @Nullable
    V value;

    /** Whether it has to be written. */
    boolean changed;

    /** Whether the store below may have this key. What comes and goes between two commits is never written. */
    boolean mayBeStored;

    /** Asked for since it was last the oldest. */
    boolean used;

    /** No longer among {@link HeapEntries}, whoever may still hold it. */
    boolean gone;

    HeapEntry(K key, @Nullable V value, boolean mayBeStored) {
        this.key = key;
        this.value = value;
        this.mayBeStored = mayBeStored;
    }

    Bytes keyBytes(Format<K, V> format) {
        if (keyBytes == null) {
            keyBytes = Bytes.wrap(format.keyToBytes(key));
        }
        return keyBytes;
    }
}
