package io.weir.bench;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * When the engine of this JVM read its first record and when it had committed its last result; for any thread. It is
 * static because engines make objects of ours by themselves, from serialized copies.
 */
public final class Stopwatch {
    private static final AtomicReference<@Nullable Moment> FIRST_RECORD = new AtomicReference<>();
    private static final AtomicReference<@Nullable Moment> LAST_RESULT = new AtomicReference<>();
    private static volatile boolean running;

    private Stopwatch() {}

    /** To be called when records have been read; each call but the first costs a look at a field. */
    public static void recordRead() {
        if (!running) {
            FIRST_RECORD.compareAndSet(null, Moment.now());
            running = true;
        }
    }

    /**
     * To be called when all results are committed, before the engine is taken apart. Where it is not called, the end of
     * {@link Engine#process} counts.
     */
    public static void allCommitted() {
        LAST_RESULT.compareAndSet(null, Moment.now());
    }

    static void reset() {
        FIRST_RECORD.set(null);
        LAST_RESULT.set(null);
        running = false;
    }

    /** Null if no record has been read. */
    static @Nullable Moment firstRecord() {
        return FIRST_RECORD.get();
    }

    /** Null if nobody has said that all is committed. */
    static @Nullable Moment lastResult() {
        return LAST_RESULT.get();
    }
}
