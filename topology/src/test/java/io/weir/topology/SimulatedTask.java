package io.weir.topology;

import io.weir.topology.CrashPoints.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One stream task as Kafka Streams runs it: a processor with its stores, what it has read and forwarded since the last
 * commit, and what of all that outlives it.
 *
 * @param <I> what it reads
 * @param <O> what it forwards
 */
abstract class SimulatedTask<I, O> {
    final int partition;
    final CrashPoints points;
    private final int subtopology;
    private final LongSupplier wallClock;
    private final Map<String, SimulatedStore> changelogged = new LinkedHashMap<>();
    private final Map<String, WriteBehindStore<?, ?>> stores = new LinkedHashMap<>();
    private final List<Record<byte[], O>> forwarded = new ArrayList<>();
    private @Nullable Processor<byte[], I, byte[], O> processor;
    private @Nullable SimulatedContext<byte[], O> context;

    /** Which process runs it. */
    private int process;

    SimulatedTask(int subtopology, int partition, LongSupplier wallClock, CrashPoints points) {
        this.subtopology = subtopology;
        this.partition = partition;
        this.wallClock = wallClock;
        this.points = points;
    }

    abstract Processor<byte[], I, byte[], O> newProcessor();

    /** Takes what it has read since the last commit as read for good. */
    abstract void commitInputs();

    /** Goes back to where it stood at the last commit. */
    abstract void rewindInputs();

    /** Goes back further, to any place before. */
    abstract void goBack(Random random);

    /** Makes what was forwarded visible to others. */
    abstract void publish(List<Record<byte[], O>> committed);

    final <K, V> void declare(String name, WriteBehindStore.Format<K, V> format, int capacity) {
        SimulatedStore inner = new SimulatedStore(name, points);
        changelogged.put(name, inner);
        stores.put(name, new WriteBehindStore<>(inner, format, capacity));
    }

    @Override
    public final String toString() {
        return (subtopology == Names.JOURNEYS_SUBTOPOLOGY ? "journeys " : "totals ") + partition;
    }

    final boolean isRunning() {
        return processor != null;
    }

    final boolean runsIn(int instance) {
        return isRunning() && process == instance;
    }

    final int process() {
        return process;
    }

    final SimulatedContext<byte[], O> context() {
        return Objects.requireNonNull(context);
    }

    final Processor<byte[], I, byte[], O> processor() {
        return Objects.requireNonNull(processor);
    }

    /** What has been committed of a store. */
    final Map<Bytes, byte[]> committed(String store) {
        return Objects.requireNonNull(changelogged.get(store)).committed();
    }

    /** Restores the stores from their changelogs and starts anew in this process. */
    final void start(int inProcess) {
        process = inProcess;
        initialize(newProcessor());
    }

    /** The transaction was aborted: the same processor begins anew with restored stores. */
    final void revive() {
        Processor<byte[], I, byte[], O> same = processor();
        same.close();
        stores.values().forEach(WriteBehindStore::close);
        abort();
        initialize(same);
    }

    private void initialize(Processor<byte[], I, byte[], O> initialized) {
        SimulatedContext<byte[], O> fresh =
                new SimulatedContext<>(new TaskId(subtopology, partition), wallClock, points, forwarded);
        stores.forEach((name, store) -> {
            Objects.requireNonNull(changelogged.get(name)).restore();
            store.init(null, store);
            fresh.add(store);
        });
        processor = initialized;
        context = fresh;
        points.reach(Place.INITIALIZE);
        initialized.init(fresh);
    }

    /** Ends in good order after a commit. */
    final void close() {
        processor().close();
        stores.values().forEach(WriteBehindStore::close);
        processor = null;
    }

    /** Ends without a word. What the heap held is gone. */
    final void die() {
        processor = null;
        stores.values().forEach(WriteBehindStore::clearCache);
    }

    final void flush() {
        for (WriteBehindStore<?, ?> store : stores.values()) {
            points.reach(Place.FLUSH_STORE);
            store.flushCache();
        }
    }

    /** All since the last commit counts: writes, forwarded records, offsets. */
    final void commit() {
        changelogged.values().forEach(SimulatedStore::commit);
        List<Record<byte[], O>> committed = List.copyOf(forwarded);
        forwarded.clear();
        commitInputs();
        publish(committed);
    }

    /** Nothing since the last commit has happened. */
    final void abort() {
        changelogged.values().forEach(store -> store.keep(0));
        forwarded.clear();
        rewindInputs();
    }

    /** Without transactions: of each topic's writes the first ones are there, however many; the offsets are not. */
    final void abortInPart(Random random) {
        changelogged.values().forEach(store -> store.keep(random.nextInt(store.uncommitted() + 1)));
        List<Record<byte[], O>> sent = List.copyOf(forwarded.subList(0, random.nextInt(forwarded.size() + 1)));
        forwarded.clear();
        rewindInputs();
        publish(sent);
    }
}
