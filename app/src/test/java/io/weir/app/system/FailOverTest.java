package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.oracle.EventRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, one of which is killed: the other serves all of the figures again. Prints how long that took. */
@Tag("dose")
@ExtendWith(SharedBroker.class)
class FailOverTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final boolean LONG_DOSE = Boolean.getBoolean("weir.long");
    private static final int EVENTS = LONG_DOSE ? 300_000 : 6_000;

    @TempDir
    Path folder;

    @Test
    void anInstanceWithStandbyReplicasTakesOverWithoutRestoring(BrokerProcess broker) throws Exception {
        Map<String, String> settings = Map.of("kafka.num.standby.replicas", "1", "stream.threads", "1");
        try (Application weir = new Application("standby", broker, folder, settings)) {
            takesOver(weir, "with a standby");
        }
        if (LONG_DOSE) {
            try (Application weir = new Application("no-standby", broker, folder, Map.of("stream.threads", "1"))) {
                takesOver(weir, "without");
            }
        }
    }

    private static void takesOver(Application weir, String how) throws Exception {
        List<EventRow> events = Events.ofShop(71, Instant.parse("2026-03-02T18:00:00Z"), 100, EVENTS);
        Child stays = weir.start(1);
        Child goes = weir.start(2);
        RunningWeir one = RunningWeir.of(stays);
        RunningWeir other = RunningWeir.of(goes);
        await().atMost(LONG).until(() -> one.status("health/ready") == 200 && other.status("health/ready") == 200);
        weir.publish(events);
        await().atMost(LONG).until(() -> one.read() + other.read() == events.size() && serves(one) && serves(other));
        assertThat(owned(other)).as("there is something to take over").isPositive();

        long killedNs = System.nanoTime();
        goes.kill();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> owned(one) == 2 * Application.PARTITIONS && serves(one));
        System.out.printf(
                "fail-over %s: all figures are served again %d ms after the kill, of %d events; 6000 ms of it are the"
                        + " session timeout%n",
                how, (System.nanoTime() - killedNs) / 1_000_000, events.size());
        // Counters show what is committed, a moment later than the figures.
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(one.read()).as("nothing lost, nothing twice").isEqualTo(events.size()));
    }

    private static boolean serves(RunningWeir weir) {
        return weir.status("health/ready") == 200 && weir.status("api/v1/now?dimension=total&window=24h") == 200;
    }

    /** Input and totals partitions that this instance owns. */
    private static long owned(RunningWeir weir) {
        return weir.get("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("weir_owned_partitions"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
