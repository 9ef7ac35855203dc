package io.weir.app.demo;

/**
 * Pseudo-random numbers that are the same for a seed on every Java version and machine, which neither {@link
 * java.util.SplittableRandom} nor {@link Math#log} promises. Not thread-safe, not for secrets.
 *
 * <p>The generator is SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014.
 */
final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SeededRandom(long seed) {
        this.state = seed;
    }

    private long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform among 0 to {@code bound} − 1. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** True with this probability. */
    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Exponentially distributed with this mean. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    /** Log-normally distributed: half of the values lie below the median, and sigma is the spread of their logarithm. */
    double logNormal(double median, double sigma) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        double gaussian = radius * StrictMath.cos(2 * StrictMath.PI * unit());
        return median * StrictMath.exp(sigma * gaussian);
    }
}
