package io.weir.topology;

import io.weir.topology.CrashPoints.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What lies below a write-behind store: Kafka's own store in memory, and a changelog that outlives it. Each write goes to
 * both, but in the changelog it counts only when it has been committed.
 */
final class SimulatedStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final CrashPoints points;
    private final Map<Bytes, byte[]> changelog = new TreeMap<>();
    private final List<KeyValue<Bytes, byte[]>> uncommitted = new ArrayList<>();
    private KeyValueStore<Bytes, byte[]> inner;

    SimulatedStore(String name, CrashPoints points) {
        this.name = name;
        this.points = points;
        this.inner = Stores.inMemoryKeyValueStore(name).get();
    }

    /** All writes since the last commit now count. */
    void commit() {
        keep(uncommitted.size());
    }

    /** The first so many writes since the last commit count, the others never happened. */
    void keep(int writes) {
        for (KeyValue<Bytes, byte[]> write : uncommitted.subList(0, writes)) {
            if (write.value == null) {
                changelog.remove(write.key);
            } else {
                changelog.put(write.key, write.value);
            }
        }
        uncommitted.clear();
    }

    int uncommitted() {
        return uncommitted.size();
    }

    /** Makes the store anew from its changelog. */
    void restore() {
        inner = Stores.inMemoryKeyValueStore(name).get();
        changelog.forEach(inner::put);
    }

    /** What has been committed. */
    Map<Bytes, byte[]> committed() {
        return changelog;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        points.reach(Place.STORE_WRITE);
        inner.put(key, value);
        uncommitted.add(KeyValue.pair(key, value));
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] get(Bytes key) {
        return inner.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return inner.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return inner.all();
    }

    @Override
    public long approximateNumEntries() {
        return inner.approximateNumEntries();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
