package io.weir.topology;

import io.weir.domain.BinaryWriter;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.serde.WindowKeyFormat;
import io.weir.topology.Outgoing.PartitionRows;

/** Gathers the rows that a partition publishes, by the totals partition that they belong to. */
final class RowBatches {
    /** A batch that has become so large is sent at once. No row comes near the megabyte that a record may have. */
    private static final int ENOUGH_BYTES = 64 * 1024;

    interface Outlet {
        void send(int totalsPartition, PartitionRows batch);
    }

    private final int partition;
    private final Outlet outlet;
    private final BinaryWriter[] batches;

    /** @param totalsPartitions how many there are */
    RowBatches(int partition, int totalsPartitions, Outlet outlet) {
        this.partition = partition;
        this.outlet = outlet;
        this.batches = new BinaryWriter[totalsPartitions];
        for (int to = 0; to < totalsPartitions; to++) {
            batches[to] = new BinaryWriter();
        }
    }

    /** Takes in a row as it stands now. */
    void add(WindowKey key, Tally tally) {
        int to = ServedRows.partitionOf(key.key(), batches.length);
        WindowKeyFormat.write(key, batches[to]);
        tally.write(batches[to]);
        if (batches[to].size() >= ENOUGH_BYTES) {
            send(to);
        }
    }

    /** Sends all that was taken in. */
    void send() {
        for (int to = 0; to < batches.length; to++) {
            if (batches[to].size() > 0) {
                send(to);
            }
        }
    }

    private void send(int to) {
        byte[] rows = batches[to].toByteArray();
        batches[to] = new BinaryWriter();
        outlet.send(to, new PartitionRows(partition, rows));
    }
}
