package io.weir.topology;

import io.weir.domain.Credit;
import io.weir.serde.CreditFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
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

    private final KafkaStreams streams;

    public ServedCredits(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * The order's payments in the order of their event time; none if none of this instance's partitions knows the order,
     * or not any more.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while partitions are moved or restored
     */
    public List<Credit> find(String orderId) {
        List<Credit> found = new ArrayList<>();
        for (ReadOnlyKeyValueStore<Bytes, byte[]> store :
                InnerStores.find(streams, Names.CREDITS_STORE, Names.JOURNEYS_SUBTOPOLOGY)) {
            addAll(store, orderId, found);
        }
        found.sort(BY_TIME);
        return found;
    }

    static void addAll(ReadOnlyKeyValueStore<Bytes, byte[]> store, String orderId, List<Credit> found) {
        byte[] prefix = CreditFormat.keyPrefix(orderId);
        try (KeyValueIterator<Bytes, byte[]> range = store.prefixScan(prefix, new ByteArraySerializer())) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                found.add(CreditFormat.read(next.key.get(), next.value));
            }
        }
    }
}
