package io.weir.domain;

/**
 * What one source has cost and has been credited with since the first start, as numbers that never fall: where a credit
 * is taken back, it stays among the credits and is added to the reversals.
 */
public record SourceFacts(
        long clicks,
        long costMicros,
        long creditedPayments,
        long creditedRevenueMicros,
        long reversedPayments,
        long reversedRevenueMicros) {

    public static final SourceFacts NONE = new SourceFacts(0, 0, 0, 0, 0, 0);

    /** @throws ArithmeticException if a sum leaves the range of {@code long} */
    public SourceFacts plus(SourceFacts other) {
        return new SourceFacts(
                clicks + other.clicks,
                Math.addExact(costMicros, other.costMicros),
                creditedPayments + other.creditedPayments,
                Math.addExact(creditedRevenueMicros, other.creditedRevenueMicros),
                reversedPayments + other.reversedPayments,
                Math.addExact(reversedRevenueMicros, other.reversedRevenueMicros));
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
