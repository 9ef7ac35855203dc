package io.weir.topology;

import io.weir.domain.Ledger;

/**
 * Is told of every figure that this instance owns as it changes. Called by stream threads, for different partitions at
 * the same time; implementations must be thread-safe and quick.
 */
public interface FiguresListener {

    /** A window row that this instance owns has a new revision. */
    void rowChanged(int totalsPartition, WindowRow row);

    /** All partitions have been read up to this event time, milliseconds. */
    void watermarkAdvanced(int totalsPartition, long watermarkMs);

    /** The rows of this totals partition hold all that was read up to this progress of an input partition. */
    default void resultsCover(int totalsPartition, PartitionProgress progress) {}

    /** This instance no longer owns the partition: its rows are another's now. */
    void totalsRevoked(int totalsPartition);

    /**
     * One input partition's records so far, and how far its event time has come.
     *
     * @param ledger all records of this partition since the first start, over restarts; not changed afterwards
     * @param streamTimeMs greatest event time accepted on this partition, {@link Long#MIN_VALUE} before the first
     */
    void inputProgressed(int inputPartition, Ledger ledger, long streamTimeMs);

    /** This instance no longer reads the input partition. */
    void inputRevoked(int inputPartition);
}
