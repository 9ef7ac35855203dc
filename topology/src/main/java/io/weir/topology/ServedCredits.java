package io.weir.topology;

import io.weir.domain.Credit;
import io.weir.serde.CreditFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What the payments of an order are credited to and why, as of this instance's last commit. Any thread may ask.
 *
 * <p>An order lives where its visitor does, which one who asks for the order does not know: ask every instance.
 */
public final class ServedCredits {
    private static final Comparator<Credit> BY_TIME =
            Comparator.comparingLong(Credit::timeMs).thenComparing(Credit::paymentId);

    private final Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> stores;

    public ServedCredits(KafkaStreams streams) {
        this(() -> InnerStores.find(streams, Names.CREDITS_STORE, Names.JOURNEYS_SUBTOPOLOGY));
    }

    ServedCredits(Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> stores) {
        this.stores = stores;
    }

    /**
     * The order's payments in the order of their event time; none if none of this instance's partitions knows the order,
     * or not any more.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while partitions are moved or restored
     */
    public List<Credit> find(String orderId) {
        byte[] prefix = CreditFormat.keyPrefix(orderId);
        List<Credit> found = new ArrayList<>();
        for (ReadOnlyKeyValueStore<Bytes, byte[]> store : stores.get()) {
            try (KeyValueIterator<Bytes, byte[]> lines = store.prefixScan(prefix, new ByteArraySerializer())) {
                lines.forEachRemaining(line -> found.add(CreditFormat.read(line.key.get(), line.value)));
            }
        }
        found.sort(BY_TIME);
        return found;
    }
}
