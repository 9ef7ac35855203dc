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
}
