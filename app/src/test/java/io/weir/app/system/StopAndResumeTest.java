package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However an instance ends, no event is lost and none counts twice: the figures are those of the batch computation. */
@ExtendWith(SharedBroker.class)
class StopAndResumeTest {
    private static final Instant START = Instant.parse("2026-03-02T18:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Events a second of wall time while the instances come and go. */
    private static final int PACE = 1_500;

    /**
     * Events a second of event time, which so runs 150 times as fast as the wall clock: 10 minutes of grace are 4 seconds.
     * Much faster, and the few milliseconds by which one input is fetched before another would make events late.
     */
    private static final double RATE = 10;

    @TempDir
    Path folder;

    @Test
    void aStopInTheMiddleLosesNothing(BrokerProcess broker) throws Exception {
        List<EventRow> events = events(21, 9_000);
        try (Application weir = new Application("stop", broker, folder, Map.of())) {
            Child first = weir.start(1);
            RunningWeir running = RunningWeir.of(first);
            CompletableFuture<Void> publishing = publishSteadily(weir, events);
            await().atMost(LONG).until(() -> running.read() > 2_000);
            long askedNs = System.nanoTime();
            first.terminate();
            first.exitStatus(Duration.ofSeconds(30));
            System.out.printf(
                    "stopped under load %d ms after SIGTERM; 30,000 are allowed%n",
                    (System.nanoTime() - askedNs) / 1_000_000);
            assertThat(first.err()).doesNotContain("ERROR", "\tat ");

            Child second = weir.start(1);
            publishing.get(LONG.toSeconds(), TimeUnit.SECONDS);
            finish(weir, events, List.of(second));
            second.terminate();
            second.exitStatus(Duration.ofSeconds(30));
        }
    }

    @Test
    void aKilledInstanceWhoseStateIsGoneStartsFromTheChangelogs(BrokerProcess broker) throws Exception {
        List<EventRow> events = events(23, 9_000);
        try (Application weir = new Application("lost-state", broker, folder, Map.of())) {
            Child first = weir.start(1);
            RunningWeir running = RunningWeir.of(first);
            CompletableFuture<Void> publishing = publishSteadily(weir, events);
            await().atMost(LONG).until(() -> running.read() > 3_000);
            first.kill();
            delete(weir.stateDir(1));

            Child second = weir.start(1);
            publishing.get(LONG.toSeconds(), TimeUnit.SECONDS);
            finish(weir, events, List.of(second));
        }
    }

    @Test
    void oneOfTwoInstancesTakesOverFromTheOtherThatWasKilled(BrokerProcess broker) throws Exception {
        List<EventRow> events = events(24, 18_000);
        // What piles up until the other is known to be gone is, in event time, more than the usual grace: see RATE.
        Map<String, String> settings = Map.of("stream.threads", "1", "grace", "PT1H");
        try (Application weir = new Application("two", broker, folder, settings)) {
            Child stays = weir.start(1);
            Child goes = weir.start(2);
            RunningWeir one = RunningWeir.of(stays);
            RunningWeir other = RunningWeir.of(goes);
            CompletableFuture<Void> publishing = publishSteadily(weir, events);
            await().atMost(LONG).until(() -> one.read() > 500 && other.read() > 500);
            goes.kill();
            publishing.get(LONG.toSeconds(), TimeUnit.SECONDS);
            finish(weir, events, List.of(stays));
        }
    }

    private static List<EventRow> events(long seed, int count) {
        return Events.ofShop(seed, START, RATE, count);
    }

    private static CompletableFuture<Void> publishSteadily(Application weir, List<EventRow> events) {
        return CompletableFuture.runAsync(() -> {
            long startNs = System.nanoTime();
            int step = PACE / 10;
            for (int from = 0; from < events.size(); from += step) {
                long dueNs = startNs + from * (1_000_000_000L / PACE);
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .atMost(LONG)
                        .until(() -> System.nanoTime() >= dueNs);
                weir.publish(events.subList(from, Math.min(events.size(), from + step)));
            }
        });
    }

    /**
     * Publishes one event more for each partition, three days later, so that all windows before become final, once what
     * was published before is read; then compares them with the batch computation, and the records counted with those
     * published.
     */
    private static void finish(Application weir, List<EventRow> events, List<Child> instances) throws Exception {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(recordsRead(instances)).isEqualTo(events.size()));
        long laterMs =
                events.get(events.size() - 1).timeMs() + Duration.ofDays(3).toMillis();
        List<EventRow> closing = weir.closing(laterMs);
        weir.publish(closing);
        weir.awaitFinal(laterMs - Duration.ofDays(1).toMillis(), LONG);

        List<EventRow> all = new ArrayList<>(events);
        all.addAll(closing);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(recordsRead(instances)).isEqualTo(all.size()));
        Acceptance judged = Acceptance.ofAll(all, OracleSettings.DEFAULT);
        assertThat(eventsOf(instances)).as("late or rejected").doesNotContain("late", "rejected", "duplicate");
        assertThat(weir.windowsCsv())
                .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT)));
        assertThat(weir.read(weir.config().lateTopic())).isEmpty();
        assertThat(weir.read(weir.config().deadLetterTopic())).isEmpty();
        for (Child instance : instances) {
            assertThat(instance.err()).doesNotContain("it is lost", "stream thread failed");
        }
    }

    private static long recordsRead(List<Child> instances) {
        return instances.stream()
                .mapToLong(instance -> RunningWeir.of(instance).read())
                .sum();
    }

    private static String eventsOf(List<Child> instances) {
        return instances.stream()
                .map(instance -> RunningWeir.of(instance).events().toString())
                .toList()
                .toString();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
