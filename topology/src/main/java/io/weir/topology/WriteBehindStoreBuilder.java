package io.weir.topology;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds {@link WriteBehindStore}s on RocksDB, each with a changelog. */
final class WriteBehindStoreBuilder<K, V> implements StoreBuilder<WriteBehindStore<K, V>> {
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;
    private final Supplier<WriteBehindStore.Format<K, V>> formats;
    private final int capacity;

    /** @param formats makes a format for each store; formats need not be thread-safe */
    WriteBehindStoreBuilder(String name, Supplier<WriteBehindStore.Format<K, V>> formats, int capacity) {
        this.inner = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
        this.formats = formats;
        this.capacity = capacity;
    }

    @Override
    public WriteBehindStore<K, V> build() {
        return new WriteBehindStore<>(inner.build(), formats.get(), capacity);
    }

    @Override
    public StoreBuilder<WriteBehindStore<K, V>> withCachingEnabled() {
        throw new UnsupportedOperationException("a write-behind store is a cache itself");
    }

    @Override
    public StoreBuilder<WriteBehindStore<K, V>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<WriteBehindStore<K, V>> withLoggingEnabled(Map<String, String> config) {
        inner.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<WriteBehindStore<K, V>> withLoggingDisabled() {
        throw new UnsupportedOperationException("without its changelog the store would not survive a crash");
    }

    @Override
    public Map<String, String> logConfig() {
        return inner.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    @Override
    public String name() {
        return inner.name();
    }
}
