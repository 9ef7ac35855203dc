package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Coverage;
import io.weir.app.pipeline.Pipeline;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./weir reset} leaves nothing of an application behind but its inputs, and does nothing by surprise. */
@ExtendWith(SharedBroker.class)
class ResetTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void afterAResetTheInputsAreReadAnewAndTheWindowsAreThoseOfTheBatchComputation(BrokerProcess broker)
            throws Exception {
        List<EventRow> events = Events.ofShop(51, Instant.parse("2026-03-02T18:00:00Z"), 10, 3_000);
        try (Application shop = new Application("reset", broker, folder, Map.of())) {
            WeirConfig config = shop.config()
                    .with(Map.of("state.dir", folder.resolve("state").toString(), "kafka.commit.interval.ms", "200"));
            Coverage first = new Coverage();
            try (Pipeline pipeline = start(config, shop, first)) {
                shop.publish(events);
                await().atMost(LONG)
                        .until(() -> first.processed() == events.size()
                                && !shop.windows().isEmpty());
                assertThat(pipeline.isReady()).isTrue();
                CommandRun refused = reset(config, "--execute");
                assertThat(refused.status()).isEqualTo(1);
                assertThat(refused.err()).contains("instances of reset are active", "Stop all of them");
            }
            changesNothingWithoutBeingTold(config, shop);
            isRefusedWhileTheStateIsInUse(config);

            CommandRun done = reset(config, "--execute", "--outputs");
            assertThat(done.status()).as("%s", done).isZero();
            assertThat(done.out()).contains("deleted the group reset", "reset-journeys-changelog");
            assertThat(topics(config)).noneMatch(topic -> topic.startsWith("reset-"));
            assertThat(config.stateDir().resolve("reset")).doesNotExist();
            assertThat(shop.windows()).isEmpty();
            assertThat(reset(config, "--execute", "--outputs").status()).isZero();

            Coverage second = new Coverage();
            try (Pipeline ignored = start(config, shop, second)) {
                await().atMost(LONG).until(() -> second.processed() == events.size());
                List<EventRow> all = new ArrayList<>(events);
                all.addAll(shop.closing(events.get(events.size() - 1).timeMs()
                        + Duration.ofDays(3).toMillis()));
                shop.publish(all.subList(events.size(), all.size()));
                await().atMost(LONG).until(() -> second.processed() == all.size());
                shop.awaitFinal(
                        all.get(events.size()).timeMs() - Duration.ofDays(1).toMillis(), LONG);
                Acceptance judged = Acceptance.ofAll(all, OracleSettings.DEFAULT);
                assertThat(shop.windowsCsv())
                        .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT)));
            }
        }
    }

    private static void changesNothingWithoutBeingTold(WeirConfig config, Application shop) throws Exception {
        int rows = shop.windows().size();
        Set<String> before = topics(config);
        CommandRun dry = reset(config, "--outputs");
        assertThat(dry.status()).as("%s", dry).isZero();
        assertThat(dry.out())
                .contains("would delete the group reset", "would delete the topic reset-publications-repartition")
                .contains("would empty the topic reset.windows", "would delete the folder " + config.stateDir())
                .contains("Nothing was changed")
                .doesNotContain("reset.clicks");
        assertThat(reset(config, "--execute", "--dry-run").out()).contains("Nothing was changed");
        assertThat(topics(config)).isEqualTo(before);
        assertThat(config.stateDir().resolve("reset")).exists();
        assertThat(shop.windows()).hasSize(rows);
    }

    /** As Kafka Streams holds it. */
    private static void isRefusedWhileTheStateIsInUse(WeirConfig config) throws Exception {
        Path held = config.stateDir().resolve("reset").resolve("kafka-streams-process-metadata");
        try (FileChannel channel = FileChannel.open(held, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            CommandRun refused = reset(config, "--execute");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("an instance is active", config.stateDir().toString());
        }
        assertThat(held).exists();
    }

    @Test
    void aFolderOfAnotherApplicationStays(BrokerProcess broker) throws Exception {
        Path other = Files.createDirectories(folder.resolve("state/other/0_0"));
        Path numbered = Files.createDirectories(folder.resolve("state/1/fresh/0_0"));
        WeirConfig config = WeirConfig.of(Map.of(
                "application.id", "fresh",
                "kafka.bootstrap.servers", broker.bootstrapServers(),
                "state.dir", folder.resolve("state").toString()));
        CommandRun done = reset(config, "--execute");
        assertThat(done.status()).as("%s", done).isZero();
        assertThat(other).exists();
        assertThat(numbered).doesNotExist();
        assertThat(reset(config, "--execute").out()).contains("There is nothing of fresh to reset");
    }

    @Test
    void aClusterThatIsNotThereIsNamed() {
        WeirConfig config = WeirConfig.of(Map.of(
                "kafka.bootstrap.servers",
                "127.0.0.1:1",
                "kafka.default.api.timeout.ms",
                "1000",
                "kafka.request.timeout.ms",
                "1000",
                "state.dir",
                folder.toString()));
        CommandRun run = reset(config);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("127.0.0.1:1 does not answer", "kafka.bootstrap.servers");
    }

    private static Pipeline start(WeirConfig config, Application shop, Coverage coverage) throws Exception {
        return Pipeline.start(config, shop.registry().registry(), coverage);
    }

    private static CommandRun reset(WeirConfig config, String... options) {
        List<String> arguments = new ArrayList<>(List.of("reset"));
        arguments.addAll(List.of(options));
        List<String> keys = new ArrayList<>(List.of("application.id", "state.dir"));
        for (String topic :
                List.of("clicks", "visits", "payments", "windows", "late.events", "dead.letters", "forget")) {
            keys.add("topic." + topic);
        }
        keys.forEach(key -> set(arguments, key, config.text(key)));
        config.kafka().forEach((key, value) -> set(arguments, "kafka." + key, value));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void set(Collection<String> arguments, String key, String value) {
        arguments.addAll(List.of("--set", key + "=" + value));
    }

    private static Set<String> topics(WeirConfig config) throws Exception {
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            return admin.listTopics().names().get();
        }
    }
}
