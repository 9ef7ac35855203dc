package io.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Contributions;
import io.weir.domain.Event;
import io.weir.domain.Journey;
import io.weir.domain.Rules;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a visitor costs in the journeys store. The documentation states these sizes; more than that would be news. */
class JourneySizeTest {
    private static final long START_MS = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final int EVENTS = 200_000;

    private final Rules rules = new Rules(
            Duration.ofMinutes(10).toMillis(),
            Duration.ofMinutes(30).toMillis(),
            Duration.ofDays(7).toMillis());
    private final Windowing windowing = new Windowing(EnumSet.allOf(WindowSize.class), ZoneOffset.UTC);

    @Test
    void aVisitorTakesTensToHundredsOfBytes() {
        Map<Integer, List<Integer>> bytesAfterEvents = new TreeMap<>();
        Map<String, Journey> journeys = new HashMap<>();
        Map<String, Integer> events = new HashMap<>();
        ShopTraffic traffic = new ShopTraffic(TrafficSettings.shop(1, START_MS, 20));
        long streamTimeMs = Journey.NO_STREAM_TIME;
        for (int i = 0; i < EVENTS; i++) {
            Event event = traffic.next();
            Journey journey = journeys.computeIfAbsent(event.visitorId(), id -> new Journey(rules, windowing));
            journey.assess(event, streamTimeMs);
            journey.accept(event, Contributions.NOWHERE);
            streamTimeMs = Math.max(streamTimeMs, event.timeMs());
            int count = events.merge(event.visitorId(), 1, Integer::sum);
            bytesAfterEvents.computeIfAbsent(count, any -> new ArrayList<>()).add(journey.toBytes().length);
        }
        assertThat(average(bytesAfterEvents.get(1))).isBetween(40.0, 80.0);
        assertThat(average(bytesAfterEvents.get(5))).isBetween(120.0, 240.0);
        assertThat(average(bytesAfterEvents.get(10))).isBetween(250.0, 450.0);
    }

    private static double average(List<Integer> sizes) {
        return sizes.stream().mapToInt(size -> size).average().orElseThrow();
    }
}
