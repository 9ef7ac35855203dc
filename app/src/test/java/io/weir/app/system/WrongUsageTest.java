package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage and wrong configuration are named in full, in readable lines, before anything starts. */
class WrongUsageTest {
    @TempDir
    Path folder;

    @Test
    void everyProblemOfTheConfigurationIsNamedAtOnce() throws IOException {
        Path file =
                Files.writeString(folder.resolve("weir.properties"), "windows=1m,2h\nhttp.port=99999\ngrase=PT1M\n");

        CommandRun run = CommandRun.of(
                "run",
                "--config",
                file.toString(),
                "--set",
                "grace=ten minutes",
                "--set",
                "time.zone=Mars/Olympus",
                "--set",
                "timezone=UTC",
                "--set",
                "stream.threads=many",
                "--set",
                "processing.guarantee=maybe");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("windows", "1m,2h", "1m,1h,1d")
                .contains("http.port", "99999", "65535")
                .contains("grace", "ten minutes", "ISO-8601")
                .contains("time.zone", "Mars/Olympus", "Asia/Shanghai")
                .contains("timezone: there is no such key, did you mean time.zone?")
                .contains("grase: there is no such key")
                .contains("stream.threads", "many")
                .contains("processing.guarantee", "maybe", "exactly_once_v2")
                .doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo"})
    void anAddressForEverybodyIsRefusedBeforeAnythingStarts(String command) {
        CommandRun run =
                CommandRun.of(command, "--set", "http.host=0.0.0.0", "--set", "http.basic.auth.password=topsecret");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("http.host: found 0.0.0.0", "http.tls.keystore", "http.insecure=true")
                .contains("http.basic.auth.user: missing")
                .doesNotContain("topsecret", "\tat ");
    }

    @Test
    void aClusterThatIsNotNamedIsAskedFor() {
        CommandRun run = CommandRun.of("run");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("kafka.bootstrap.servers", "schema.registry.url")
                .doesNotContain("\tat ");
    }

    @Test
    void liveTrafficAsksForTheClusterThatItIsFor() {
        CommandRun run = CommandRun.of("generate", "--live");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("kafka.bootstrap.servers", "schema.registry.url")
                .doesNotContain("\tat ");
    }

    @Test
    void generatedTrafficGoesToAFileOrToAClusterButNotToBoth() {
        assertThat(CommandRun.of("generate").status()).isEqualTo(2);
        assertThat(CommandRun.of("generate", "--live", "--out", "x.csv").status())
                .isEqualTo(2);
    }

    @Test
    void aConfigurationFileThatIsNotThereIsNamed() {
        CommandRun run = CommandRun.of(
                "run", "--config", folder.resolve("absent.properties").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("absent.properties").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "launch",
                "demo --no-such-option",
                "replay",
                "replay x.csv --format csv --embedded",
                "replay x.csv --speed fast --embedded",
                "replay x.csv --order random --embedded",
                "replay x.csv --out results",
                "replay x.csv --embedded --bootstrap-servers kafka:9092",
                "replay x.csv --format taobao --assume-price -1 --embedded",
                "replay x.csv --windows 5m --embedded",
                "replay x.csv",
                "demo --rate fast",
                "demo --set grace",
                "topology --format picture",
                "acls --for everything",
                "acls --principal weir",
                "reset",
                "generate --events many --out x.csv",
                "generate",
                "forget",
                "forget ann",
                "forget ann --set kafka.bootstrap.servers=kafka:9092 --set visitor.key=short",
                "forget ann --within soon"
            })
    void whatIsNoCommandEndsWithStatusTwoAndAReason(String line) {
        CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(run.status()).as("%s", run).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "run --help",
                "replay --help",
                "topology --help",
                "generate --help",
                "forget --help",
                "acls --help",
                "reset --help"
            })
    void helpShowsAnExample(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Example: ./weir " + (line.startsWith("--") ? "" : line.split(" ")[0]));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theTopologyIsPrintedAsTextAndAsADiagram() {
        CommandRun text = CommandRun.of("topology");
        CommandRun diagram = CommandRun.of("topology", "--format", "mermaid", "--set", "topic.visits=views");

        assertThat(text.status()).isZero();
        assertThat(text.out()).contains("weir.visits", "journeys", "totals", "weir.windows");
        assertThat(diagram.status()).isZero();
        assertThat(diagram.out()).contains("views", "journeys", "-->").doesNotContain("weir.visits");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        CommandRun run = CommandRun.of(
                "replay", "--embedded", folder.resolve("absent.csv").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("absent.csv").doesNotContain("\tat ");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CommandRun run = CommandRun.of(
                    "run",
                    "--set",
                    "http.port=" + taken.getLocalPort(),
                    "--set",
                    "kafka.bootstrap.servers=127.0.0.1:1",
                    "--set",
                    "schema.registry.url=http://127.0.0.1:1");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("127.0.0.1:" + taken.getLocalPort(), "http.port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aBrokerThatCannotBeReachedIsNamedAndWaitedFor() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        try (RegistryServer registry = new RegistryServer();
                Child weir = Child.start(
                        folder,
                        "run",
                        "--set",
                        "kafka.bootstrap.servers=127.0.0.1:" + port,
                        "--set",
                        "schema.registry.url=" + registry.url(),
                        "--set",
                        "http.port=0",
                        "--set",
                        "state.dir=" + folder.resolve("state"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> weir.err().contains("Kafka at 127.0.0.1:" + port + " cannot be reached"));
            assertThat(weir.isAlive()).isTrue();
            assertThat(weir.err()).contains("kafka.bootstrap.servers").doesNotContain("\tat ");
            RunningWeir running = RunningWeir.of(weir);
            assertThat(running.status("health/ready")).isEqualTo(503);
            assertThat(running.status("health/live")).isEqualTo(200);

            try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), port)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> running.status("health/ready") == 200);
                weir.terminate();
                weir.exitStatus(Duration.ofSeconds(30));
            }
        }
    }
}
