package io.weir.bench.jet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How far a job has come. A stream has no end for Jet, so somebody has to see when all is done; for any thread. */
final class Progress {
    private static final Map<String, Progress> BY_RUN = new ConcurrentHashMap<>();

    private final LongAdder taken = new LongAdder();
    private final LongAdder waiting = new LongAdder();

    private Progress() {}

    /** That of a run; static because Jet makes its processors from serialized functions. */
    static Progress of(String runId) {
        return BY_RUN.computeIfAbsent(runId, none -> new Progress());
    }

    /** An event has been taken in. What it made wait has been said before. */
    void taken() {
        taken.increment();
    }

    /** So many rows more wait to go on; negative when they have gone. */
    void waiting(long more) {
        waiting.add(more);
    }

    boolean isDone(long events) {
        return taken.sum() == events && waiting.sum() == 0;
    }
}
