package io.weir.dose;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How much of a test is run: a short dose with every build, a long one with {@code ./weir test --long}, which ends
 * early when its time is over and says once a minute how far it has come.
 */
public final class Dose {
    /** Whether the long dose is asked for. */
    public static final boolean LONG = Boolean.getBoolean("weir.long");

    /** What random choices begin with; every failure says it. */
    public static final long SEED = Long.getLong("weir.seed", 20_261_122);

    /** How long one test may take in the long dose. */
    public static final Duration TIME = Duration.ofMinutes(Long.getLong("weir.long.minutes", 30));

    private static final long TELL_EVERY_NS = Duration.ofMinutes(1).toNanos();

    /** The process's own: what tests print is kept back until their class ends. */
    private static final PrintStream TERMINAL =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private final String what;
    private final int times;
    private final long begunNs = System.nanoTime();
    private long toldNs = begunNs;
    private int done;

    private Dose(String what, int times) {
        this.what = what;
        this.times = times;
    }

    /** @param what is done so many times */
    public static Dose of(String what, int shortTimes, int longTimes) {
        return new Dose(what, LONG ? longTimes : shortTimes);
    }

    /** True if it is to be done once more. */
    public boolean again() {
        long nowNs = System.nanoTime();
        if (done == times || (LONG && nowNs - begunNs > TIME.toNanos())) {
            return false;
        }
        if (nowNs - toldNs >= TELL_EVERY_NS) {
            toldNs = nowNs;
            tell("%s: %,d of %,d, %d of at most %d minutes"
                    .formatted(
                            what, done, times, Duration.ofNanos(nowNs - begunNs).toMinutes(), TIME.toMinutes()));
        }
        done++;
        return true;
    }

    /** Says at once how far a long dose has come; nothing in a short one. */
    public static void tell(String progress) {
        if (LONG) {
            TERMINAL.println("weir: " + progress);
        }
    }

    @Override
    public String toString() {
        return "%,d of %,d times, seed %d".formatted(done, times, SEED);
    }
}
