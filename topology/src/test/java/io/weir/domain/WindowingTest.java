package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowingTest {

    private static Windowing in(String zone) {
        return new Windowing(EnumSet.allOf(WindowSize.class), ZoneId.of(zone));
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    @Test
    void theLastMillisecondOfAMinuteBelongsToItAndTheNextDoesNot() {
        Windowing windowing = in("UTC");
        assertThat(windowing.startMs(WindowSize.MINUTE, ms("2026-01-05T10:00:59.999Z")))
                .isEqualTo(ms("2026-01-05T10:00:00Z"));
        assertThat(windowing.startMs(WindowSize.MINUTE, ms("2026-01-05T10:01:00Z")))
                .isEqualTo(ms("2026-01-05T10:01:00Z"));
        assertThat(windowing.endMs(WindowSize.MINUTE, ms("2026-01-05T10:00:59.999Z")))
                .isEqualTo(ms("2026-01-05T10:01:00Z"));
    }

    @Test
    void hoursAreAlignedToUtcWhereverTheShopIs() {
        assertThat(in("Asia/Kathmandu").startMs(WindowSize.HOUR, ms("2026-01-05T10:20:00Z")))
                .isEqualTo(ms("2026-01-05T10:00:00Z"));
        assertThat(in("Asia/Kathmandu").endMs(WindowSize.HOUR, ms("2026-01-05T10:20:00Z")))
                .isEqualTo(ms("2026-01-05T11:00:00Z"));
    }

    @Test
    void aDayHas23HoursWhenTheClocksGoForwardAnd25WhenTheyGoBack() {
        Windowing windowing = in("America/New_York");
        long forward = ms("2026-03-08T12:00:00Z");
        long back = ms("2026-11-01T12:00:00Z");
        assertThat(windowing.endMs(WindowSize.DAY, forward) - windowing.startMs(WindowSize.DAY, forward))
                .isEqualTo(23 * 3_600_000L);
        assertThat(windowing.endMs(WindowSize.DAY, back) - windowing.startMs(WindowSize.DAY, back))
                .isEqualTo(25 * 3_600_000L);
    }

    @Test
    void anInstantBefore1970HasItsWindowsToo() {
        Windowing windowing = in("UTC");
        assertThat(windowing.startMs(WindowSize.MINUTE, -1)).isEqualTo(-60_000);
        assertThat(windowing.startMs(WindowSize.DAY, -1)).isEqualTo(-86_400_000);
    }

    @Test
    void whereTheClocksGoBackOverMidnightTheDaysStillFollowEachOtherWhoeverAsksFirst() {
        long midnight = ms("2010-11-07T02:30:00Z");
        long lastHourAgain = ms("2010-11-07T02:31:00Z");
        Windowing asked = in("America/St_Johns");
        assertThat(asked.startMs(WindowSize.DAY, midnight)).isEqualTo(midnight);
        assertThat(asked.startMs(WindowSize.DAY, lastHourAgain)).isEqualTo(midnight);
        assertThat(in("America/St_Johns").startMs(WindowSize.DAY, lastHourAgain))
                .isEqualTo(midnight);
    }

    @Test
    void aDayIsTheSameWhicheverDaysWereAskedForBefore() {
        Random random = new Random(1);
        Windowing asked = in("Europe/Berlin");
        long first = ms("2026-03-26T00:00:00Z");
        for (int i = 0; i < 10_000; i++) {
            // Few days, so that one of those that are remembered is asked for again; the clocks change on the third.
            long timeMs = first + random.nextLong(Duration.ofDays(4).toMillis());
            assertThat(asked.startMs(WindowSize.DAY, timeMs))
                    .isEqualTo(in("Europe/Berlin").startMs(WindowSize.DAY, timeMs))
                    .isLessThanOrEqualTo(timeMs);
            assertThat(asked.endMs(WindowSize.DAY, timeMs))
                    .isEqualTo(in("Europe/Berlin").endMs(WindowSize.DAY, timeMs))
                    .isGreaterThan(timeMs);
        }
    }
}
