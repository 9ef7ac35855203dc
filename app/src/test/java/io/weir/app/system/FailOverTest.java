package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.pipeline.TopicPolicy;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances, one of which is killed: the other serves all of the figures again, and with a standby replica it does
 * so without reading the changelogs anew. Prints how long that took.
 */
@Tag("dose")
@ExtendWith(SharedBroker.class)
class FailOverTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final boolean LONG_DOSE = Boolean.getBoolean("weir.long");
    private static final int EVENTS = LONG_DOSE ? 300_000 : 6_000;

    /** Kafka Streams' own word for what a store was given from its changelog, standby or not. */
    private static final Pattern RESTORED =
            Pattern.compile("Finished restoring changelog \\S+ to store \\S+ with a total number of (\\d+) records");

    @TempDir
    Path folder;

    @Test
    void anInstanceWithStandbyReplicasTakesOverWithoutRestoring(BrokerProcess broker) throws Exception {
        Map<String, String> settings = Map.of("kafka.num.standby.replicas", "1", "stream.threads", "1");
        try (Application weir = new Application("standby", broker, folder, settings)) {
            long restored = takesOver(weir, "with a standby");
            assertThat(restored)
                    .as("records restored, of those in the changelogs")
                    .isLessThan(inChangelogs(weir) / 10);
        }
        if (LONG_DOSE) {
            try (Application weir = new Application("no-standby", broker, folder, Map.of("stream.threads", "1"))) {
                assertThat(takesOver(weir, "without")).isGreaterThan(EVENTS / 10);
            }
        }
    }

    /** Answers how many records the one that takes over has restored for it. */
    private static long takesOver(Application weir, String how) throws Exception {
        List<EventRow> events = Events.ofShop(71, Instant.parse("2026-03-02T18:00:00Z"), 100, EVENTS);
        Child stays = weir.start(1, List.of("env", "JDK_JAVA_OPTIONS=-Dweir.log.kafka=INFO"), Map.of());
        Child goes = weir.start(2);
        RunningWeir one = RunningWeir.of(stays);
        RunningWeir other = RunningWeir.of(goes);
        await().atMost(LONG).until(() -> one.status("health/ready") == 200 && other.status("health/ready") == 200);
        weir.publish(events);
        await().atMost(LONG).until(() -> one.read() + other.read() == events.size() && serves(one) && serves(other));
        assertThat(other.ownedPartitions())
                .as("there is something to take over")
                .isPositive();

        int said = stays.err().length();
        long killedNs = System.nanoTime();
        goes.kill();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> one.ownedPartitions() == 2 * Application.PARTITIONS && serves(one));
        System.out.printf(
                "fail-over %s: all figures are served again %d ms after the kill, of %d events; 6000 ms of it are the"
                        + " session timeout%n",
                how, (System.nanoTime() - killedNs) / 1_000_000, events.size());
        // Counters show what is committed, a moment later than the figures.
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(one.read()).as("nothing lost, nothing twice").isEqualTo(events.size()));
        long restored = restored(stays.err().substring(said));
        judge(weir, events);
        return restored;
    }

    private static long restored(String log) {
        List<MatchResult> stores = RESTORED.matcher(log).results().toList();
        assertThat(stores).as("it says what it has restored").isNotEmpty();
        return stores.stream()
                .mapToLong(store -> Long.parseLong(store.group(1)))
                .sum();
    }

    private static long inChangelogs(Application weir) throws Exception {
        long records = 0;
        for (TopicPolicy policy : TopicPolicy.all(weir.config())) {
            if (policy.topic().endsWith("-changelog")) {
                records += weir.read(policy.topic()).size();
            }
        }
        return records;
    }

    private static void judge(Application weir, List<EventRow> events) throws Exception {
        long laterMs =
                events.get(events.size() - 1).timeMs() + Duration.ofDays(3).toMillis();
        List<EventRow> all = new ArrayList<>(events);
        all.addAll(weir.closing(laterMs));
        weir.publish(all.subList(events.size(), all.size()));
        weir.awaitFinal(laterMs - Duration.ofDays(1).toMillis(), LONG);
        assertThat(weir.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(all, OracleSettings.DEFAULT)));
    }

    private static boolean serves(RunningWeir weir) {
        return weir.status("health/ready") == 200 && weir.status("api/v1/now?dimension=total&window=24h") == 200;
    }
}
