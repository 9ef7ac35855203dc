package io.weir.app.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What reading one small input may cost: 64 MB of memory, and 100 ms of processor time of the thread that reads it. */
public final class Bounds {
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_NANOS = 100_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounds() {}

    /** What one run has taken. */
    private record Cost(long bytes, long nanos) {
        static Cost of(Runnable reading) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long nanos = THREADS.getCurrentThreadCpuTime();
            reading.run();
            return new Cost(
                    THREADS.getCurrentThreadAllocatedBytes() - bytes, THREADS.getCurrentThreadCpuTime() - nanos);
        }

        boolean isTooMuch() {
            return bytes > MOST_BYTES || nanos > MOST_NANOS;
        }
    }

    /** Runs it, and once more if it took too much: the first time may have loaded classes. */
    public static void hold(Runnable reading) {
        if (Cost.of(reading).isTooMuch()) {
            Cost again = Cost.of(reading);
            if (again.isTooMuch()) {
                throw new AssertionError("took " + again.bytes + " bytes and " + again.nanos / 1_000_000 + " ms");
            }
        }
    }
}
