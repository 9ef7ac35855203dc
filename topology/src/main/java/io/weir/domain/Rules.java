package io.weir.domain;

/**
 * The durations that decide what an event means, all in milliseconds of event time.
 *
 * @param graceMs how far behind stream time an event is still accepted
 * @param landingWindowMs how long before a visit a click may lie to have brought it; open at its start
 * @param attributionWindowMs how long before a payment a touch may lie to be credited; open at its start
 */
public record Rules(long graceMs, long landingWindowMs, long attributionWindowMs) {
    public Rules {
        if (graceMs < 0 || landingWindowMs <= 0 || attributionWindowMs <= 0) {
            throw new IllegalArgumentException("grace must not be negative, the windows must be positive: " + graceMs
                    + " ms, " + landingWindowMs + " ms, " + attributionWindowMs + " ms");
        }
    }
}
