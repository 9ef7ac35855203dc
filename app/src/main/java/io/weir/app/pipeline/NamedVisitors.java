package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import io.weir.domain.BinaryReader;
import io.weir.serde.VisitorNames;
import io.weir.topology.OtherVisitorKeyException;
import io.weir.topology.PartitionProgress;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * By which keys the visitors of the input partitions are named, as the changelog of the partitions' progress says: also
 * while no instance runs. A partition that is not in it has no visitors yet.
 */
final class NamedVisitors {
    private final SortedMap<Integer, byte[]> progress = new TreeMap<>();

    /** Reads what is committed by now. */
    NamedVisitors(WeirConfig config, List<TopicPartition> changelog) {
        new TopicReader(config).read(changelog, 0, batch -> {
            batch.forEach(change -> take(change.partition(), change.value()));
            return true;
        });
    }

    private void take(int partition, byte @Nullable [] stored) {
        if (stored == null) {
            progress.remove(partition);
        } else {
            progress.put(partition, stored);
        }
    }

    /**
     * Passes if these names are those by which all of them would be found. What is stored under a key before the last
     * one is not known here.
     *
     * @throws OtherVisitorKeyException if it is another key that has named them
     * @throws StartException if that cannot be told
     */
    void check(VisitorNames names) {
        progress.forEach((partition, stored) -> {
            String named = key(partition, stored);
            if (!names.find(named)) {
                throw new OtherVisitorKeyException(partition, named, names.fingerprint());
            }
        });
    }

    private static String key(int partition, byte[] stored) {
        String named;
        try {
            named = PartitionProgress.read(new BinaryReader(stored)).visitorKey();
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "the state of input partition " + partition + " cannot be read (" + e.getMessage()
                            + "), so it is not known by which key visitors are named."
                            + " Ask with the version of Weir that the pipeline runs",
                    e);
        }
        if (named == null) {
            throw new StartException("the state of input partition " + partition
                    + " notes no key by which visitors are named: an earlier version of Weir wrote it."
                    + " Start the pipeline with this version, and ask again");
        }
        return named;
    }
}
