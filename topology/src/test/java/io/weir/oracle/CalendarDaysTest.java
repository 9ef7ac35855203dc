package io.weir.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Days begin and end where the zone's clocks say. */
class CalendarDaysTest {
    private static final List<String> ZONES = List.of(
            "UTC",
            "Asia/Shanghai",
            "Asia/Kathmandu",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Havana",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Africa/Cairo",
            "+05:45");

    @Test
    void everyDayOfTwentyYearsBeginsAtItsFirstInstant() {
        LocalDate first = LocalDate.of(2010, 1, 1);
        for (String id : ZONES) {
            ZoneId zone = ZoneId.of(id);
            NavigableMap<Long, Long> days = days(zone, "2010-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
            for (LocalDate date = first; date.getYear() < 2030; date = date.plusDays(1)) {
                long startMs = date.atStartOfDay(zone).toInstant().toEpochMilli();
                assertThat(dayStart(days, startMs)).as("%s in %s", date, id).isEqualTo(startMs);
                assertThat(dayStart(days, startMs - 1))
                        .as("before %s in %s", date, id)
                        .isLessThan(startMs);
            }
        }
    }

    @Test
    void daysHave23And25HoursWhereTheClocksChange() {
        assertThat(lengthOfDay("America/New_York", "2026-03-08T12:00:00Z")).isEqualTo(Duration.ofHours(23));
        assertThat(lengthOfDay("America/New_York", "2026-11-01T12:00:00Z")).isEqualTo(Duration.ofHours(25));
        assertThat(lengthOfDay("Asia/Beirut", "2026-03-29T12:00:00Z")).isEqualTo(Duration.ofHours(23));
        assertThat(lengthOfDay("Australia/Lord_Howe", "2026-04-05T03:00:00Z")).isEqualTo(Duration.ofMinutes(1470));
    }

    /** In 2010 the clocks of Newfoundland went back at one minute past midnight, into the day before. */
    @Test
    void aDateThatComesTwiceIsOneDay() {
        NavigableMap<Long, Long> days =
                days(ZoneId.of("America/St_Johns"), "2010-11-05T00:00:00Z", "2010-11-09T00:00:00Z");
        long saturday = Instant.parse("2010-11-06T02:30:00Z").toEpochMilli();
        long sunday = Instant.parse("2010-11-07T02:30:00Z").toEpochMilli();
        assertThat(dayStart(days, sunday - 1)).isEqualTo(saturday);
        assertThat(dayStart(days, sunday)).isEqualTo(sunday);
        assertThat(dayStart(days, sunday + 60_000)).isEqualTo(saturday);
        assertThat(dayStart(days, sunday + 3_660_000)).isEqualTo(sunday);
    }

    private static Duration lengthOfDay(String id, String noon) {
        Instant instant = Instant.parse(noon);
        NavigableMap<Long, Long> days = days(
                ZoneId.of(id),
                instant.minus(Duration.ofDays(3)).toString(),
                instant.plus(Duration.ofDays(3)).toString());
        long startMs = dayStart(days, instant.toEpochMilli());
        long nextMs = days.values().stream()
                .filter(start -> start > startMs)
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        return Duration.ofMillis(nextMs - startMs);
    }

    private static NavigableMap<Long, Long> days(ZoneId zone, String first, String last) {
        NavigableMap<Long, Long> days = new TreeMap<>();
        CalendarDays.covering(
                        zone,
                        Instant.parse(first).toEpochMilli(),
                        Instant.parse(last).toEpochMilli())
                .forEach(stretch -> days.put(stretch.fromMs(), stretch.dayStartMs()));
        return days;
    }

    private static long dayStart(NavigableMap<Long, Long> days, long timeMs) {
        return days.floorEntry(timeMs).getValue();
    }
}
