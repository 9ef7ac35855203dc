package io.weir.domain;

/** The measures of one dimension key in one window while they are being added up. Not thread-safe. */
public final class Tally {
    private final long[] values;
    private final SeenBefore seenBefore;

    public Tally() {
        this(Measures.ZERO, new SeenBefore());
    }

    /** @param returns not copied */
    public Tally(Measures measures, SeenBefore seenBefore) {
        this.values = measures.toArray();
        this.seenBefore = seenBefore;
    }

    /** Who had been there before; kept in minutes only. */
    public SeenBefore seenBefore() {
        return seenBefore;
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

    /** Writes the measures and then who had been there before. */
    public void write(BinaryWriter out) {
        for (long value : values) {
            out.writeLong(value);
        }
        seenBefore.write(out);
    }

    public static Tally read(BinaryReader in) {
        return new Tally(Measures.read(in), SeenBefore.read(in));
    }
}
