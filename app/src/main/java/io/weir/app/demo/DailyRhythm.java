package io.weir.app.demo;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * How busy a shop is at a time of day, relative to its daily average of 1: quiet before dawn, busiest in the evening.
 * Immutable.
 */
final class DailyRhythm {
    /** Sessions at each full local hour, in any unit; the curve runs straight from one to the next. */
    private static final double[] BY_HOUR = {
        0.60, 0.35, 0.20, 0.13, 0.10, 0.14, 0.28, 0.55, 0.85, 1.15, 1.35, 1.35,
        1.20, 1.25, 1.35, 1.35, 1.30, 1.15, 1.10, 1.30, 1.60, 1.75, 1.50, 1.05
    };

    private final ZoneId zone;
    private final double strength;
    private final double average;

    /** @param strength 0 for a shop that never sleeps, 1 for the full swing of a day */
    DailyRhythm(ZoneId zone, double strength) {
        this.zone = zone;
        this.strength = strength;
        double sum = 0;
        for (double level : BY_HOUR) {
            sum += level;
        }
        this.average = sum / BY_HOUR.length;
    }

    double at(long timeMs) {
        LocalTime time = Instant.ofEpochMilli(timeMs).atZone(zone).toLocalTime();
        double from = BY_HOUR[time.getHour()];
        double to = BY_HOUR[(time.getHour() + 1) % BY_HOUR.length];
        double level = from + (to - from) * time.getMinute() / 60.0;
        return 1 - strength + strength * level / average;
    }
}
