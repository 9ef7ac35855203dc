package io.weir.topology;

import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Sends all rows of a dimension key to one totals partition, which is the key of the record that they come in, and every
 * partition's progress to all of them.
 */
final class ByDimensionKey implements StreamPartitioner<byte[], Publication> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, Publication value, int partitions) {
        if (value instanceof Progressed) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
        }
        return Optional.of(Set.of(ByteBuffer.wrap(key).getInt()));
    }

    static byte[] recordKey(int totalsPartition) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(totalsPartition).array();
    }

    static int partitionOf(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
