package io.weir.domain;

/** The measures of one dimension key in one window while they are being added up. Not thread-safe. */
public final class Tally {
    private static final int MEASURES = Measure.values().length;

    private final long[] values;

    public Tally() {
        this(Measures.ZERO);
    }

    public Tally(Measures measures) {
        values = measures.toArray();
    }

    /** @throws ArithmeticException if the sum leaves the range of {@code long} */
    public void add(Measure measure, long amount) {
        values[measure.ordinal()] = Math.addExact(values[measure.ordinal()], amount);
    }

    public long get(Measure measure) {
        return values[measure.ordinal()];
    }

    public Measures toMeasures() {
        return Measures.of(values);
    }

    public void write(BinaryWriter out) {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    public static Tally read(BinaryReader in) {
        Tally tally = new Tally();
        for (int i = 0; i < MEASURES; i++) {
            tally.values[i] = in.readLong();
        }
        return tally;
    }
}
