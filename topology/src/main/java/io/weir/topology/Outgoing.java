package io.weir.topology;

import io.weir.domain.Measures;
import io.weir.domain.Returns;
import io.weir.domain.WindowKey;
import org.jspecify.annotations.Nullable;

/** What leaves the journeys processor. */
sealed interface Outgoing {

    /** What the totals processor reads: rows and progress of one partition, in the order in which they happened. */
    sealed interface Publication extends Outgoing {}

    /**
     * One partition's part of a window row as it stands now; replaces what the partition said before.
     *
     * @param returns not to be changed
     */
    record PartitionRow(int partition, WindowKey window, Measures measures, Returns returns) implements Publication {}

    /** How far a partition has come. All its rows up to there have been sent before. Goes to every totals partition. */
    record Progressed(PartitionProgress progress) implements Publication {}

    /** A record that does not count, with the bytes it came with; the reason and the origin are in its headers. */
    record Refused(boolean late, byte @Nullable [] value) implements Outgoing {}
}
