package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The visitor key is changed as docs/operations.md says, on instances that run. */
@ExtendWith(SharedBroker.class)
class VisitorKeyChangeTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String OLD = "the older key, as long as it must be";
    private static final String NEW = "the newer key, as long as it must be";

    /** Ten minutes of a shop, so none is late in whatever order the topics are read. */
    private static final List<EventRow> EVENTS = Events.ofShop(51, Instant.parse("2026-03-02T18:00:00Z"), 10, 6_000);

    @TempDir
    Path folder;

    private static void awaitRead(int events, Child... instances) {
        List<RunningWeir> running = Stream.of(instances).map(RunningWeir::of).toList();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> running.stream().allMatch(each -> each.status("health/ready") == 200)
                        && running.stream().mapToLong(RunningWeir::read).sum() == events);
    }

    private static void stop(Child instance) throws InterruptedException {
        instance.terminate();
        assertThat(instance.exitStatus(Duration.ofSeconds(60)))
                .as("%s", instance)
                .isIn(0, 143);
    }

    @Test
    void aChangeInTurnMovesNoFigureAndAnInstanceThatMissedItIsRefused(BrokerProcess broker) throws Exception {
        try (Application weir = new Application("key-change", broker, folder, Map.of("stream.threads", "1"))) {
            weir.publish(EVENTS.subList(0, 1_500));
            Child first = weir.start(1, Map.of("visitor.key", OLD));
            awaitRead(1_500, first);

            Child second = weir.start(2, Map.of("visitor.key", OLD, "visitor.key.previous", NEW));
            weir.publish(EVENTS.subList(1_500, 3_000));
            awaitRead(3_000, first, second);
            stop(first);
            Child third = weir.start(1, Map.of("visitor.key", NEW, "visitor.key.previous", OLD));
            weir.publish(EVENTS.subList(3_000, 4_500));
            awaitRead(4_500, second, third);
            stop(second);
            awaitRead(4_500, third);

            Child missedIt = weir.start(3, Map.of("visitor.key", OLD));
            assertThat(missedIt.exitStatus(Duration.ofSeconds(90))).isEqualTo(1);
            assertThat(missedIt.err())
                    .contains("stored under pseudonyms of the key with fingerprint", "visitor.key.previous.file")
                    .doesNotContain(OLD, NEW);

            weir.publish(EVENTS.subList(4_500, EVENTS.size()));
            assertFiguresAreThoseOfTheOracle(weir, third);
        }
    }

    private static void assertFiguresAreThoseOfTheOracle(Application weir, Child running) throws Exception {
        awaitRead(EVENTS.size(), running);
        long laterMs =
                EVENTS.get(EVENTS.size() - 1).timeMs() + Duration.ofDays(3).toMillis();
        List<EventRow> all = new ArrayList<>(EVENTS);
        all.addAll(weir.closing(laterMs));
        weir.publish(all.subList(EVENTS.size(), all.size()));
        weir.awaitFinal(laterMs - Duration.ofDays(1).toMillis(), LONG);
        awaitRead(all.size(), running);
        Acceptance judged = Acceptance.ofAll(all, OracleSettings.DEFAULT);
        assertThat(weir.windowsCsv())
                .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT)));
    }
}
