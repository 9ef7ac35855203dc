package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Much that comes at once, when all before has been read. */
@ExtendWith(SharedBroker.class)
class BurstTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Half a day, so that an input that is read ahead of another by a tenth of them makes that one's events late. */
    private static final List<EventRow> EVENTS = Events.ofShop(47, Instant.parse("2026-03-02T06:00:00Z"), 0.5, 20_000);

    @TempDir
    Path folder;

    @Test
    void hoursThatArriveInAMomentAreReadInTheOrderOfEventTimeOverAllInputs(BrokerProcess broker) throws Exception {
        Map<String, String> settings = Map.of("stream.threads", "1", "kafka.session.timeout.ms", "45000");
        try (Application weir = new Application("burst", broker, folder, settings)) {
            Child instance = weir.start(1);
            RunningWeir running = RunningWeir.of(instance);
            weir.publish(EVENTS.subList(0, 400));
            await().atMost(LONG).untilAsserted(() -> assertThat(running.read()).isEqualTo(400));

            instance.pause();
            weir.publish(EVENTS.subList(400, EVENTS.size()));
            instance.resume();

            await().atMost(LONG).untilAsserted(() -> assertThat(running.read()).isEqualTo(EVENTS.size()));
            assertThat(weir.read(weir.config().lateTopic()).size()).as("late").isZero();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(weir.windowsCsv())
                            .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(EVENTS, OracleSettings.DEFAULT))));
        }
    }
}
