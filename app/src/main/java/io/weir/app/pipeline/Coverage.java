package io.weir.app.pipeline;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.SourceFacts;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the results reach: up to which offsets of the inputs every totals partition holds all that was read. Only
 * knows of partitions of this instance.
 */
public final class Coverage implements FiguresListener {

    private record Pair(int totalsPartition, int inputPartition) {}

    private final Map<Pair, PartitionProgress> covered = new ConcurrentHashMap<>();
    private final Map<Integer, Ledger> ledgers = new ConcurrentHashMap<>();

    /** Records that the journeys have read, as last published. */
    public long processed() {
        return ledgers.values().stream().mapToLong(Ledger::read).sum();
    }

    /** What became of all records. */
    public Ledger ledger() {
        Ledger sum = new Ledger();
        ledgers.values().forEach(sum::add);
        return sum;
    }

    /**
     * Whether every totals partition holds all records up to these offsets.
     *
     * @param ends for each input, the offset behind its last record, one for each partition
     */
    public boolean reaches(Map<EventType, long[]> ends) {
        return ends.entrySet().stream().allMatch(input -> reaches(input.getKey(), input.getValue()));
    }

    private boolean reaches(EventType input, long[] ends) {
        for (int partition = 0; partition < ends.length; partition++) {
            for (int totals = 0; totals < ends.length && ends[partition] > 0; totals++) {
                PartitionProgress progress = covered.get(new Pair(totals, partition));
                if (progress == null || progress.nextOffset(input) < ends[partition]) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void resultsCover(int totalsPartition, PartitionProgress progress) {
        covered.put(new Pair(totalsPartition, progress.partition()), progress);
        keepNewer(progress.partition(), progress.ledger());
    }

    @Override
    public void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {
        keepNewer(progress.partition(), progress.ledger());
    }

    /** The totals hear of a ledger later than the journeys tell it, each totals partition at its own time. */
    private void keepNewer(int inputPartition, Ledger ledger) {
        ledgers.merge(inputPartition, ledger, (known, told) -> told.read() >= known.read() ? told : known);
    }
}
