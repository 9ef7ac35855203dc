package io.weir.topology;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * The stores below the {@link WriteBehindStore}s of one name, one for each of this instance's partitions, for threads
 * other than the stream threads.
 *
 * <p>The objects on the heap belong to the stream thread; the bytes below are those of the last commit or newer, and
 * RocksDB lets any thread read them. What is found may be gone a moment later: a store that has been closed meanwhile
 * throws {@link InvalidStateStoreException} when it is read.
 */
final class InnerStores implements QueryableStoreType<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> {

    private InnerStores() {}

    /**
     * The stores of this name; none if this instance owns none of the sub-topology's partitions.
     *
     * @param subtopology which part of the topology has the store, see {@link Names}
     * @throws InvalidStateStoreException while partitions are moved or restored, and before the start and after the end
     */
    static List<ReadOnlyKeyValueStore<Bytes, byte[]>> find(KafkaStreams streams, String storeName, int subtopology) {
        try {
            return streams.store(StoreQueryParameters.fromNameAndType(storeName, new InnerStores()));
        } catch (InvalidStateStoreException e) {
            // Thrown too when all threads are at work and none has such a store: for that there is no exception of its
            // own.
            if (streams.state() == KafkaStreams.State.RUNNING && ownsNone(streams, subtopology)) {
                return List.of();
            }
            throw e;
        } catch (IllegalStateException e) {
            // Kafka Streams after its end: for whoever asks the same as before its start.
            throw new InvalidStateStoreException(e.getMessage(), e);
        }
    }

    private static boolean ownsNone(KafkaStreams streams, int subtopology) {
        return streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::activeTasks)
                .flatMap(tasks -> tasks.stream())
                .noneMatch(task -> task.taskId().subtopology() == subtopology);
    }

    @Override
    public boolean accepts(StateStore store) {
        return store instanceof WriteBehindStore;
    }

    @Override
    public List<ReadOnlyKeyValueStore<Bytes, byte[]>> create(StateStoreProvider provider, String storeName) {
        // What comes is what accepts has let through, whatever the type of the list says.
        List<?> stores = provider.stores(storeName, this);
        return stores.stream().map(InnerStores::inner).toList();
    }

    private static ReadOnlyKeyValueStore<Bytes, byte[]> inner(Object store) {
        return ((WriteBehindStore<?, ?>) store).wrapped();
    }
}
