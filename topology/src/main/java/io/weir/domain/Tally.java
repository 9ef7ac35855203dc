package io.weir.domain;

/** The measures of one dimension key in one window while they are being added up. Not thread-safe. */
public final class Tally {
    private static final int MEASURES = Measure.values().length;

    private final long[] values;
    private final Returns returns;

    public Tally() {
        this(Measures.ZERO, new Returns());
    }

    /** @param returns not copied */
    public Tally(Measures measures, Returns returns) {
        this.values = measures.toArray();
        this.returns = returns;
    }

    /** Who had been there before; kept in minutes only. */
    public Returns returns() {
        return returns;
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
        returns.write(out);
    }

    public static Tally read(BinaryReader in) {
        long[] values = new long[MEASURES];
        for (int i = 0; i < MEASURES; i++) {
            values[i] = in.readLong();
        }
        return new Tally(Measures.of(values), Returns.read(in));
    }
}
