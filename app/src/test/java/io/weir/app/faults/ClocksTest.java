package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.system.Application;
import io.weir.app.system.Child;
import io.weir.app.system.Events;
import io.weir.app.system.RunningWeir;
import io.weir.app.system.SharedBroker;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks that are wrong, and clocks that change. */
@ExtendWith(SharedBroker.class)
class ClocksTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aProducerWhoseClockIsWrongHarmsNobodyElse(BrokerProcess broker) throws Exception {
        List<EventRow> counted = Events.ofShop(41, Instant.now().minus(Duration.ofHours(24)), 0.1, 20_000);
        counted.removeIf(event -> event.timeMs() > System.currentTimeMillis());
        assertThat(counted).hasSizeGreaterThan(1_000);
        List<EventRow> good = counted.subList(0, counted.size() - 200);
        // All is read in moments; then one input is read some minutes of event time ahead of another.
        Map<String, String> settings = Map.of("idle.timeout", "PT1S", "grace", "PT6H");
        try (Application weir = new Application("clocks", broker.bootstrapServers(), folder, settings)) {
            weir.publish(good);
            RunningWeir running = RunningWeir.of(weir.start(1));
            await().atMost(LONG).ignoreExceptions().until(() -> running.read() == good.size());

            List<EventRow> wrong = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                wrong.add(visit("ahead", i, Instant.now().plus(Duration.ofHours(1))));
                wrong.add(visit("behind", i, Instant.now().minus(Duration.ofDays(1))));
            }
            weir.publish(wrong);
            weir.publish(counted.subList(good.size(), counted.size()));

            await().atMost(LONG).ignoreExceptions().until(() -> running.read() == counted.size() + wrong.size());
            assertThat(running.events())
                    .containsEntry("visits late", 100L)
                    .containsEntry("visits rejected event_time_in_future", 100L);
            Acceptance judged = Acceptance.ofAll(counted, OracleSettings.DEFAULT);
            String expected = BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(weir.windowsCsv()).isEqualTo(expected));
        }
    }

    private static EventRow visit(String clock, int i, Instant time) {
        return EventRow.visit(clock + i, clock + "-visitor-" + i, "mug", null, null, null, time.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({"spring, 2026-03-28T12:00:00Z, 23", "autumn, 2025-10-25T12:00:00Z, 25"})
    void theDayOnWhichClocksChangeHasItsOwnLength(String season, Instant start, int hours, BrokerProcess broker)
            throws Exception {
        String zone = "Europe/Berlin";
        // Two days and a half.
        List<EventRow> events = Events.ofShop(43, start, 0.04, 8_600);
        try (Application weir =
                new Application("dst-" + season, broker.bootstrapServers(), folder, Map.of("time.zone", zone))) {
            weir.publish(events);
            long laterMs = start.plus(Duration.ofDays(9)).toEpochMilli();
            List<EventRow> closing = weir.closing(laterMs);
            weir.publish(closing);
            Child instance = weir.start(1);
            weir.awaitFinal(laterMs - Duration.ofDays(2).toMillis(), LONG);
            List<EventRow> all = new ArrayList<>(events);
            all.addAll(closing);
            OracleSettings settings = OracleSettings.DEFAULT.withZone(zone);
            Acceptance judged = Acceptance.ofAll(all, settings);
            assertThat(weir.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, settings)));
            assertThat(weir.windows())
                    .as("%s: %s", season, instance)
                    .anyMatch(row -> row.endMs() - row.startMs()
                            == Duration.ofHours(hours).toMillis());
        }
    }
}
