package io.weir.app.demo;

/**
 * A planted fault: while it lasts, one of the best sellers hardly sells, as if its order button were broken.
 *
 * @param startMs first instant, inclusive, event time
 * @param endMs first instant after it, exclusive
 */
public record Incident(long startMs, long endMs) {
    /** Of the payments that the product would have had, this share still comes. */
    static final double SURVIVING_SHARE = 0.05;

    /** No incident at all. */
    public static final Incident NONE = new Incident(Long.MIN_VALUE, Long.MIN_VALUE);

    boolean covers(long timeMs) {
        return timeMs >= startMs && timeMs < endMs;
    }
}
