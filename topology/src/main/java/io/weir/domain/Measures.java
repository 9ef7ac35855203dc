package io.weir.domain;

import java.util.Arrays;

/**
 * The measures of one dimension key in one window; immutable.
 *
 * <p>Money is in micros of the reporting currency. {@link #plus} is associative and commutative, so the order in which
 * partitions report cannot change a total.
 */
public final class Measures {
    public static final Measures ZERO = new Measures(new long[Measure.values().length]);

    private final long[] values;

    private Measures(long[] values) {
        this.values = values;
    }

    /** The measures with these values, one for each {@link Measure} in its order. */
    public static Measures of(long... values) {
        if (values.length != ZERO.values.length) {
            throw new IllegalArgumentException(values.length + " values for " + ZERO.values.length + " measures");
        }
        return new Measures(values.clone());
    }

    public long get(Measure measure) {
        return values[measure.ordinal()];
    }

    /** @throws ArithmeticException if a sum leaves the range of {@code long} */
    public Measures plus(Measures other) {
        long[] sums = new long[values.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.addExact(values[i], other.values[i]);
        }
        return new Measures(sums);
    }

    /** @throws ArithmeticException if a difference leaves the range of {@code long} */
    public Measures minus(Measures other) {
        long[] differences = new long[values.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.subtractExact(values[i], other.values[i]);
        }
        return new Measures(differences);
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** One value for each {@link Measure} in its order; a copy. */
    public long[] toArray() {
        return values.clone();
    }

    public void write(BinaryWriter out) {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    public static Measures read(BinaryReader in) {
        long[] values = new long[ZERO.values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return new Measures(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Measures that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Measures" + Arrays.toString(values);
    }
}
