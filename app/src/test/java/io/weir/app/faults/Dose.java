package io.weir.app.faults;

import java.time.Duration;

/**
 * How much of a test is run: a short dose with every build, a long one with {@code ./weir test --long}, which ends
 * early when its time is over.
 */
final class Dose {
    /** Whether the long dose is asked for. */
    static final boolean LONG = Boolean.getBoolean("weir.long");

    /** What random choices begin with; every failure says it. */
    static final long SEED = Long.getLong("weir.seed", 20_261_122);

    /** How long one test may take in the long dose. */
    static final Duration TIME = Duration.ofMinutes(Long.getLong("weir.long.minutes", 30));

    private final int times;
    private final long untilNs = System.nanoTime() + TIME.toNanos();
    private int done;

    private Dose(int times) {
        this.times = times;
    }

    static Dose of(int shortTimes, int longTimes) {
        return new Dose(LONG ? longTimes : shortTimes);
    }

    /** True if the fault is to be put once more. */
    boolean again() {
        if (done == times || (LONG && System.nanoTime() > untilNs)) {
            return false;
        }
        done++;
        return true;
    }

    @Override
    public String toString() {
        return "%d of %d times, seed %d".formatted(done, times, SEED);
    }
}
