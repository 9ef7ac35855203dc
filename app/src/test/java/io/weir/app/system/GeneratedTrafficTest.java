package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.domain.EventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Generated traffic, published to a cluster that is not Weir's own. */
@ExtendWith(SharedBroker.class)
class GeneratedTrafficTest {
    @TempDir
    Path folder;

    @Test
    void generatedTrafficReachesTheClusterAsItHappensUntilItIsToldToStop(BrokerProcess broker) throws Exception {
        long startMs = System.currentTimeMillis();
        try (Application application = new Application("generated", broker, folder, Map.of());
                Child traffic = application.generate("--rate", "300")) {
            String visits = application.config().topic(EventType.VISIT);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !traffic.isAlive() || application.read(visits).size() > 200);

            traffic.terminate();
            assertThat(traffic.exitStatus(Duration.ofSeconds(20))).isEqualTo(143);
            assertThat(traffic.out()).contains("shop that does not exist", "Planted incident");
            assertThat(traffic.err()).doesNotContain("\tat ", "ERROR");
            List<ConsumerRecord<byte[], byte[]>> events = application.read(visits);
            assertThat(events).hasSizeGreaterThan(200);
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.timestamp())
                            .as("event time")
                            .isBetween(startMs, System.currentTimeMillis()));
        }
    }
}
