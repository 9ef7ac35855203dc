package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.Measures;
import io.weir.domain.SeenBefore;
import io.weir.domain.WindowKey;
import io.weir.serde.WindowKeyFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What leaves the journeys processor. */
sealed interface Outgoing {

    /** What the totals processor reads: rows and progress of one partition, in the order in which they happened. */
    sealed interface Publication extends Outgoing {}

    /**
     * Rows of one partition as they stand now, many to a record, since a record costs more than many
     * rows. All belong to the totals partition that is the record's key.
     *
     * @param rows as {@link RowBatches} writes them
     */
    record PartitionRows(int partition, byte[] rows) implements Publication {

        void forEach(Consumer<PartitionRow> each) {
            BinaryReader in = new BinaryReader(rows);
            while (in.hasMore()) {
                WindowKey window = WindowKeyFormat.read(in);
                each.accept(new PartitionRow(partition, window, Measures.read(in), SeenBefore.read(in)));
            }
        }
    }

    /** One partition's part of a window row as it stands now; replaces what the partition said before. */
    record PartitionRow(int partition, WindowKey window, Measures measures, SeenBefore seenBefore) {}

    /** How far a partition has come. All its rows up to there have been sent before. Goes to every totals partition. */
    record Progressed(PartitionProgress progress) implements Publication {}

    /** A record that does not count, with the bytes it came with; the reason and the origin are in its headers. */
    record Refused(boolean late, byte @Nullable [] value) implements Outgoing {}
}
