package io.weir.topology;

import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.topology.Outgoing.PartitionRows;
import java.util.ArrayList;
import java.util.List;

/** Publications of single rows. */
final class PublishedRows {
    private PublishedRows() {}

    static PartitionRows of(int partition, WindowKey key, Tally tally) {
        List<PartitionRows> sent = new ArrayList<>();
        RowBatches batches = new RowBatches(partition, 1, (to, batch) -> sent.add(batch));
        batches.add(key, tally);
        batches.send();
        return sent.get(0);
    }
}
