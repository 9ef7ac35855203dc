package io.weir.oracle;

import io.weir.domain.WindowSize;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The settings that decide what the events mean.
 *
 * @param windows the sizes of windows to compute
 * @param zone whose calendar days are meant by {@code 1d}
 * @param grace how far behind stream time an event is still accepted
 * @param landingWindow how long before a visit a click may lie to have brought it; open at its start
 * @param attributionWindow how long before a payment a touch may lie to be credited; open at its start
 * @param latestTimeMs events after this instant are rejected; {@link Long#MAX_VALUE} for none
 */
public record OracleSettings(
        Set<WindowSize> windows,
        ZoneId zone,
        Duration grace,
        Duration landingWindow,
        Duration attributionWindow,
        long latestTimeMs) {

    /** All windows, UTC, and the durations that hold when nothing is configured. */
    public static final OracleSettings DEFAULT = new OracleSettings(
            EnumSet.allOf(WindowSize.class),
            ZoneId.of("UTC"),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofDays(7),
            Long.MAX_VALUE);

    public OracleSettings withWindows(WindowSize... sizes) {
        Set<WindowSize> set = EnumSet.copyOf(Arrays.asList(sizes));
        return new OracleSettings(set, zone, grace, landingWindow, attributionWindow, latestTimeMs);
    }

    public OracleSettings withZone(String id) {
        return new OracleSettings(windows, ZoneId.of(id), grace, landingWindow, attributionWindow, latestTimeMs);
    }

    public OracleSettings withGrace(Duration duration) {
        return new OracleSettings(windows, zone, duration, landingWindow, attributionWindow, latestTimeMs);
    }

    public OracleSettings withLandingWindow(Duration duration) {
        return new OracleSettings(windows, zone, grace, duration, attributionWindow, latestTimeMs);
    }

    public OracleSettings withAttributionWindow(Duration duration) {
        return new OracleSettings(windows, zone, grace, landingWindow, duration, latestTimeMs);
    }

    public OracleSettings withLatestTime(long timeMs) {
        return new OracleSettings(windows, zone, grace, landingWindow, attributionWindow, timeMs);
    }
}
