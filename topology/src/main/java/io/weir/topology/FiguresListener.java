package io.weir.topology;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SourceFacts;
import java.util.List;
import java.util.Map;

/**
 * Is told of every figure that this instance owns as it changes. Called by stream threads, for different partitions at
 * the same time; implementations must be thread-safe and quick.
 */
public interface FiguresListener {

    /**
     * A window row that this instance owns has a new revision.
     *
     * @param before the measures of this row as last told since the partition was assigned; zero if it was not
     */
    default void rowChanged(int totalsPartition, WindowRow row, Measures before) {}

    /**
     * The measures of one key in a rolling window have changed where it stands: at the last whole minute of the watermark
     * that was told last, or is told first.
     *
     * @param before as for {@link #rowChanged}
     */
    default void rollingChanged(
            int totalsPartition, RollingWindow window, DimensionKey key, Measures measures, Measures before) {}

    /**
     * The rolling windows have moved on to the last whole minute of this watermark, and all of these measures with them,
     * at once.
     */
    default void rollingAdvanced(int totalsPartition, long watermarkMs, List<RollingChange> changes) {
        for (RollingChange change : changes) {
            rollingChanged(totalsPartition, change.window(), change.key(), change.measures(), change.before());
        }
        watermarkAdvanced(totalsPartition, watermarkMs);
    }

    /** @param before as for {@link #rowChanged} */
    record RollingChange(RollingWindow window, DimensionKey key, Measures measures, Measures before) {}

    /** All partitions have been read up to this event time, milliseconds. */
    default void watermarkAdvanced(int totalsPartition, long watermarkMs) {}

    /** The rows told of this totals partition hold all that was read up to this progress of an input partition. */
    default void rowsCover(int totalsPartition, PartitionProgress progress) {}

    /** The same of the results that it has sent, which follow the rows by a moment. */
    default void resultsCover(int totalsPartition, PartitionProgress progress) {}

    /** This instance no longer owns the partition, or is about to tell all of it anew: nothing told of it holds. */
    default void totalsRevoked(int totalsPartition) {}

    /**
     * How far an input partition has come, and what became of its records.
     *
     * @param facts by source; like the progress, not changed afterwards
     */
    default void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {}

    /** This instance no longer reads the input partition. */
    default void inputRevoked(int inputPartition) {}
}
