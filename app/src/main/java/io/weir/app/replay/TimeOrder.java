package io.weir.app.replay;

import io.weir.app.replay.input.EventSequence;
import io.weir.app.replay.input.PastEvent;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Events sorted by event time, those of equal time in the order they came in, however many there are.
 *
 * <p>An external merge sort: the input is cut into chunks that fit into memory, each sorted by itself. A single chunk is
 * all there is to it and touches no disk. Of several, each becomes a {@link SpilledRun}, or goes to the end of the run
 * before when it begins where that ended, so that sorted input makes a single run; then the runs are merged. O(n log n)
 * time, O(chunk) memory.
 */
final class TimeOrder implements EventSequence {
    /** About 100 MB of events. */
    static final int CHUNK_EVENTS = 250_000;

    /** More runs are merged into one first: each holds a file and a buffer open. */
    private static final int MAX_RUNS = 64;

    private static final Comparator<PastEvent> BY_TIME = Comparator.comparingLong(PastEvent::timeMs);

    /** The next event of a run; runs are numbered in the order of their events in the input. */
    private record Head(PastEvent event, int run) {}

    private final List<SpilledRun> runs = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing(Head::event, BY_TIME).thenComparing(Head::run));
    private Deque<PastEvent> inMemory = new ArrayDeque<>();
    private long total = 0;
    private long done = 0;

    private TimeOrder() {}

    /**
     * Reads all of {@code events}, which stays open, and gives them back in order.
     *
     * @param chunkEvents how many events are held in memory, at least 1
     * @param directory where temporary files go; they are gone when the result is closed or this fails
     */
    static TimeOrder of(EventSequence events, int chunkEvents, Path directory, Progress progress) {
        TimeOrder sorted = new TimeOrder();
        try {
            sorted.readAll(events, chunkEvents, directory, progress);
            return sorted;
        } catch (RuntimeException | Error e) {
            sorted.close();
            throw e;
        }
    }

    private void readAll(EventSequence events, int chunkEvents, Path directory, Progress progress) {
        List<PastEvent> chunk = new ArrayList<>();
        for (PastEvent event = events.next(); event != null; event = events.next()) {
            if (chunk.size() == chunkEvents) {
                spill(chunk, directory);
                chunk.clear();
            }
            chunk.add(event);
            total++;
            progress.update(events.done(), events.fractionDone(), 0);
        }
        progress.update(events.done(), events.fractionDone(), 0);
        if (runs.isEmpty()) {
            chunk.sort(BY_TIME);
            inMemory = new ArrayDeque<>(chunk);
            return;
        }
        spill(chunk, directory);
        beginMerge();
    }

    private void spill(List<PastEvent> chunk, Path directory) {
        chunk.sort(BY_TIME);
        boolean continues = !runs.isEmpty()
                && runs.get(runs.size() - 1).lastTimeMs() <= chunk.get(0).timeMs();
        if (!continues) {
            if (runs.size() == MAX_RUNS) {
                mergeAll(directory);
            }
            runs.add(SpilledRun.create(directory));
        }
        runs.get(runs.size() - 1).append(chunk);
    }

    private void mergeAll(Path directory) {
        SpilledRun merged = SpilledRun.create(directory);
        try {
            beginMerge();
            for (PastEvent event = nextOfRuns(); event != null; event = nextOfRuns()) {
                merged.add(event);
            }
        } catch (RuntimeException e) {
            merged.close();
            throw e;
        }
        closeRuns();
        runs.add(merged);
    }

    private void beginMerge() {
        for (int run = 0; run < runs.size(); run++) {
            advance(run);
        }
    }

    private void advance(int run) {
        PastEvent event = runs.get(run).next();
        if (event != null) {
            heads.add(new Head(event, run));
        }
    }

    private @Nullable PastEvent nextOfRuns() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        advance(head.run());
        return head.event();
    }

    @Override
    public @Nullable PastEvent next() {
        PastEvent event = runs.isEmpty() ? inMemory.poll() : nextOfRuns();
        if (event != null) {
            done++;
        }
        return event;
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public double fractionDone() {
        return total == 0 ? 1 : (double) done / total;
    }

    /** How many temporary files there are. */
    int runs() {
        return runs.size();
    }

    private void closeRuns() {
        runs.forEach(SpilledRun::close);
        runs.clear();
    }

    @Override
    public void close() {
        closeRuns();
        heads.clear();
        inMemory.clear();
    }
}
