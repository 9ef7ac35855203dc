package io.weir.app.metrics;

import io.weir.domain.SourceFacts;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far the input partitions have come, as far as that is certainly committed. Counters show this and nothing newer:
 * a crash takes back what was not committed, and a counter that falls counts everything twice. Thread-safe.
 *
 * <p>Nobody says when a commit is done. But a stream thread tells, then commits if more than the commit interval has
 * passed since the last time, then goes on, and waits for the commit. So a progress is committed when the thread has
 * told another one later than that interval, and then once more.
 */
final class CommittedProgress implements FiguresListener {
    private final long commitIntervalMs;
    private final InstantSource clock;
    private final Map<Integer, Stage> stages = new ConcurrentHashMap<>();

    private record Told(PartitionProgress progress, Map<String, SourceFacts> facts) {}

    /**
     * One partition.
     *
     * @param committed null while it is not known what is
     * @param next becomes committed
     * @param nextMs when it was told
     * @param due its commit follows what was told last
     */
    private record Stage(@Nullable Told committed, Told next, long nextMs, boolean due) {}

    CommittedProgress(long commitIntervalMs, InstantSource clock) {
        this.commitIntervalMs = commitIntervalMs;
        this.clock = clock;
    }

    @Override
    public void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {
        Told told = new Told(progress, facts);
        stages.compute(progress.partition(), (partition, stage) -> after(stage, told, clock.millis()));
    }

    private Stage after(@Nullable Stage stage, Told told, long nowMs) {
        if (stage == null) {
            return new Stage(null, told, nowMs, false);
        }
        if (stage.due()) {
            return new Stage(stage.next(), told, nowMs, false);
        }
        boolean due = nowMs - stage.nextMs() > commitIntervalMs;
        return new Stage(stage.committed(), stage.next(), stage.nextMs(), due);
    }

    @Override
    public void inputRevoked(int inputPartition) {
        stages.remove(inputPartition);
    }

    SortedMap<Integer, PartitionProgress> inputs() {
        return committed(Told::progress);
    }

    SortedMap<Integer, Map<String, SourceFacts>> facts() {
        return committed(Told::facts);
    }

    private <T> SortedMap<Integer, T> committed(Function<Told, T> part) {
        SortedMap<Integer, T> committed = new TreeMap<>();
        stages.forEach((partition, stage) -> {
            if (stage.committed() != null) {
                committed.put(partition, part.apply(stage.committed()));
            }
        });
        return committed;
    }
}
