package io.weir.oracle;

import io.weir.domain.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes awkward events: few visitors, products and sources, so that everything collides; instants on the borders of
 * windows and of the landing and attribution windows, and a millisecond beside them; names that need quoting; days on
 * which the clocks change.
 */
public final class RandomCases {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    /** A moment worth testing: the zone's clocks change then, or its days begin at an odd hour. */
    private record Moment(String zone, String instant) {}

    private static final List<Moment> MOMENTS = List.of(
            new Moment("UTC", "2026-01-05T10:00:00Z"),
            new Moment("UTC", "2025-12-31T23:59:00Z"),
            new Moment("Asia/Shanghai", "2026-01-05T16:00:00Z"),
            new Moment("Asia/Kathmandu", "2026-01-05T18:15:00Z"),
            // A day of 23 hours and one of 25.
            new Moment("America/New_York", "2026-03-08T07:00:00Z"),
            new Moment("America/New_York", "2026-11-01T06:00:00Z"),
            // The clocks change by half an hour.
            new Moment("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
            // Midnight does not exist: the day begins at one o'clock.
            new Moment("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
            new Moment("Asia/Beirut", "2026-03-28T22:00:00Z"),
            // Midnight comes twice.
            new Moment("America/Havana", "2026-11-01T05:00:00Z"),
            // Friday does not exist.
            new Moment("Pacific/Apia", "2011-12-30T10:00:00Z"));

    private static final List<Duration> LANDING_WINDOWS =
            List.of(Duration.ofMinutes(30), Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofHours(2));

    private static final List<Duration> ATTRIBUTION_WINDOWS =
            List.of(Duration.ofDays(7), Duration.ofDays(7), Duration.ofHours(1), Duration.ofMinutes(10));

    private static final List<Duration> GRACES =
            List.of(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ZERO, Duration.ofDays(1));

    private RandomCases() {}

    /** A small case of up to 40 events by up to 3 visitors. */
    public static RandomCase ofSeed(long seed) {
        Random random = scrambled(~seed);
        return ofSeed(seed, 1 + random.nextInt(40), 1 + random.nextInt(3));
    }

    /** A case of so many events, shared out among so many visitors at random. */
    public static RandomCase ofSeed(long seed, int events, int visitors) {
        Random random = scrambled(seed);
        Moment moment = oneOf(MOMENTS, random);
        OracleSettings settings = settings(moment, random);
        RandomTraffic traffic = new RandomTraffic(
                settings, Instant.parse(moment.instant).toEpochMilli(), span(random), visitors, random);
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            rows.add(traffic.next());
        }
        return new RandomCase(seed, List.copyOf(rows), settings);
    }

    private static OracleSettings settings(Moment moment, Random random) {
        List<WindowSize> sizes = new ArrayList<>(List.of(WindowSize.values()));
        Collections.shuffle(sizes, random);
        int kept = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 3;
        return OracleSettings.DEFAULT
                .withWindows(sizes.subList(0, kept).toArray(WindowSize[]::new))
                .withZone(moment.zone)
                .withGrace(oneOf(GRACES, random))
                .withLandingWindow(oneOf(LANDING_WINDOWS, random))
                .withAttributionWindow(oneOf(ATTRIBUTION_WINDOWS, random));
    }

    private static long span(Random random) {
        return oneOf(List.of(60_000L, HOUR_MS, 6 * HOUR_MS, 2 * DAY_MS, 16 * DAY_MS), random);
    }

    /** Neighbouring seeds begin alike in {@link Random}; this sets them apart. */
    private static Random scrambled(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    static <T> T oneOf(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
