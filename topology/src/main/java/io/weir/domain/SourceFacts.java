package io.weir.domain;

/**
 * What one source has cost and has been credited with since the first start, as numbers that never fall: where a credit
 * is taken back, it stays among the credits and is added to the reversals.
 *
 * <p>Nothing bounds them: an amount counts anew each time that its credit moves. So money that passes the range of
 * {@code long} stays at {@link #FULL}.
 */
public record SourceFacts(
        long clicks,
        long costMicros,
        long creditedPayments,
        long creditedRevenueMicros,
        long reversedPayments,
        long reversedRevenueMicros) {

    public static final SourceFacts NONE = new SourceFacts(0, 0, 0, 0, 0, 0);

    /** A sum of money that is this much or more. */
    public static final long FULL = Long.MAX_VALUE;

    public SourceFacts plus(SourceFacts other) {
        return new SourceFacts(
                clicks + other.clicks,
                sum(costMicros, other.costMicros),
                creditedPayments + other.creditedPayments,
                sum(creditedRevenueMicros, other.creditedRevenueMicros),
                reversedPayments + other.reversedPayments,
                sum(reversedRevenueMicros, other.reversedRevenueMicros));
    }

    private static long sum(long one, long other) {
        return one > FULL - other ? FULL : one + other;
    }

    void write(BinaryWriter out) {
        out.writeCount(clicks);
        out.writeCount(costMicros);
        out.writeCount(creditedPayments);
        out.writeCount(creditedRevenueMicros);
        out.writeCount(reversedPayments);
        out.writeCount(reversedRevenueMicros);
    }

    static SourceFacts read(BinaryReader in) {
        return new SourceFacts(
                in.readCount(), in.readCount(), in.readCount(), in.readCount(), in.readCount(), in.readCount());
    }
}
