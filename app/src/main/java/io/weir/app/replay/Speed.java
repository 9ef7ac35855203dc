package io.weir.app.replay;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * How fast event time passes in a replay.
 *
 * @param factor event time per wall time: 1 is real time, infinity as fast as possible
 */
public record Speed(double factor) {
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);
    public static final Speed REALTIME = new Speed(1);

    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed must be above zero: " + factor);
        }
    }

    /**
     * Reads {@code max}, {@code realtime} or a factor like {@code 60x} or {@code 0.5x}.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
    public static Speed parse(String text) {
        String speed = text.strip().toLowerCase(Locale.ROOT);
        if (speed.equals("max")) {
            return MAX;
        }
        if (speed.equals("realtime")) {
            return REALTIME;
        }
        try {
            if (speed.endsWith("x")) {
                double factor = new BigDecimal(speed.substring(0, speed.length() - 1)).doubleValue();
                if (factor > 0 && Double.isFinite(factor)) {
                    return new Speed(factor);
                }
            }
        } catch (NumberFormatException e) {
            // Said below, as for a factor of zero.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no speed: give max, realtime, or a factor above zero like 60x");
    }

    boolean isMax() {
        return Double.isInfinite(factor);
    }
}
