package io.weir.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which windows an instant belongs to.
 *
 * <p>Windows are by event time and half-open, {@code [start, end)}: in a one-minute window 10:00:59.999 belongs to
 * 10:00 and 10:01:00.000 does not. A day has 23 or 25 hours where the clocks change. Not thread-safe: it remembers the
 * two days that it was last asked for, since around midnight, and for the length of grace behind it, both are asked for
 * in turn.
 */
public final class Windowing {
    private static final long MINUTE_MS = 60_000;
    private static final int MINUTES_OF_DAY = RollingWindow.DAY.minutes();
    private static final long HOUR_MS = 3_600_000;

    private final List<WindowSize> sizes;
    private final ZoneId zone;
    private Day lastDay = Day.NEVER;
    private Day otherDay = Day.NEVER;

    private record Day(long startMs, long endMs) {
        static final Day NEVER = new Day(0, 0);

        boolean holds(long timeMs) {
            return timeMs >= startMs && timeMs < endMs;
        }
    }

    /**
     * @param sizes the sizes in use; their order here is the order of {@link #sizes}: shortest first
     * @param zone whose calendar days are meant
     */
    public Windowing(Set<WindowSize> sizes, ZoneId zone) {
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("at least one window size is needed");
        }
        this.sizes = List.copyOf(EnumSet.copyOf(sizes));
        this.zone = zone;
    }

    /** The sizes in use, shortest first. */
    public List<WindowSize> sizes() {
        return sizes;
    }

    /** The first instant of the window of this size that holds {@code timeMs}. */
    public long startMs(WindowSize size, long timeMs) {
        return switch (size) {
            case MINUTE -> minuteStartMs(timeMs);
            case HOUR -> timeMs - Math.floorMod(timeMs, HOUR_MS);
            case DAY -> day(timeMs).startMs;
        };
    }

    /** The first instant after the window of this size that holds {@code timeMs}. */
    public long endMs(WindowSize size, long timeMs) {
        return switch (size) {
            case MINUTE -> startMs(size, timeMs) + MINUTE_MS;
            case HOUR -> startMs(size, timeMs) + HOUR_MS;
            case DAY -> day(timeMs).endMs;
        };
    }

    /**
     * How many calendar minutes, UTC, lie between two instants; 0 from a day on, and for an earlier time of
     * {@link LastSeen#NEVER}.
     */
    static int minutesBetween(long earlierMs, long laterMs) {
        if (earlierMs <= laterMs - MINUTES_OF_DAY * MINUTE_MS - MINUTE_MS) {
            return 0;
        }
        long minutes = Math.floorDiv(laterMs, MINUTE_MS) - Math.floorDiv(earlierMs, MINUTE_MS);
        return minutes < MINUTES_OF_DAY ? (int) minutes : 0;
    }

    /** No time before this is less than a day before {@code timeMs} by {@link #minutesBetween}. */
    static long dayBefore(long timeMs) {
        return timeMs - (MINUTES_OF_DAY + 1) * MINUTE_MS;
    }

    /** The last whole minute, UTC, at or before this instant. */
    public static long minuteStartMs(long timeMs) {
        return timeMs - Math.floorMod(timeMs, MINUTE_MS);
    }

    private Day day(long timeMs) {
        if (!lastDay.holds(timeMs)) {
            Day found = otherDay.holds(timeMs) ? otherDay : calculateDay(timeMs);
            otherDay = lastDay;
            lastDay = found;
        }
        return lastDay;
    }

    private Day calculateDay(long timeMs) {
        LocalDate date = Instant.ofEpochMilli(timeMs).atZone(zone).toLocalDate();
        if (timeMs >= firstMs(date.plusDays(1))) {
            // The clocks went back over midnight: the next day has begun, and the last hour of this one comes again.
            date = date.plusDays(1);
        }
        return new Day(firstMs(date), firstMs(date.plusDays(1)));
    }

    private long firstMs(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
