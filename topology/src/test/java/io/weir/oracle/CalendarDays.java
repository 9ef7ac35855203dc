package io.weir.oracle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calendar days of a time zone as a table to join with.
 *
 * <p>Time is cut wherever a date begins or the clocks change; between two cuts, local time is UTC plus a constant. A
 * day starts at its first instant, which is not always midnight: some zones skip that hour when the clocks go forward.
 */
final class CalendarDays {
    private static final long DAY_MS = 86_400_000;
    /** More than any day, and more than the offset of any zone. */
    private static final long MARGIN_MS = 4 * DAY_MS;

    private CalendarDays() {}

    /**
     * A stretch of time within one calendar day, up to the next stretch.
     *
     * @param fromMs first instant of the stretch
     * @param dayStartMs first instant of the day that it belongs to
     */
    record Stretch(long fromMs, long dayStartMs) {}

    /** The stretches, in order, that hold every instant from {@code firstMs} to {@code lastMs}, both inclusive. */
    static List<Stretch> covering(ZoneId zone, long firstMs, long lastMs) {
        ZoneRules rules = zone.getRules();
        List<Stretch> stretches = new ArrayList<>();
        Map<Long, Long> startOfDate = new HashMap<>();
        long cutMs = firstMs - MARGIN_MS;
        while (cutMs <= lastMs) {
            long offsetMs = rules.getOffset(Instant.ofEpochMilli(cutMs)).getTotalSeconds() * 1000L;
            long date = Math.floorDiv(cutMs + offsetMs, DAY_MS);
            startOfDate.putIfAbsent(date, cutMs);
            stretches.add(new Stretch(cutMs, startOfDate.get(date)));
            long nextDateMs = (date + 1) * DAY_MS - offsetMs;
            cutMs = Math.min(nextDateMs, nextClockChangeMs(rules, cutMs));
        }
        return stretches;
    }

    private static long nextClockChangeMs(ZoneRules rules, long afterMs) {
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochMilli(afterMs));
        return change == null ? Long.MAX_VALUE : change.getInstant().toEpochMilli();
    }
}
