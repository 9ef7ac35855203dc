package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Kafka of docker-compose.yml, as far as its image's first step: the program that the image starts turns the
 * environment into settings, and formats the storage with them. It is in Kafka's own jar.
 */
class KafkaSettingsTest {
    private static final String CLUSTER_ID = "5L6g3nShT-eMCtK--X86sw";

    /** Stands in for the file that the image has; the program adds to it. */
    private static final String LOGGING = """
            Configuration:
              Properties:
                Property: []
              Appenders:
                Console:
                  name: STDOUT
              Loggers:
                Root:
                  level: ERROR
                  AppenderRef:
                    - ref: STDOUT
                Logger: []
            """;

    @TempDir
    Path folder;

    @Test
    void kafkaFormatsItsStorageWithTheSettingsOfTheFile() throws Exception {
        Path data = folder.resolve("data");
        Properties settings = setUp(data);

        assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
                .as("settings that Kafka knows")
                .containsAll(settings.stringPropertyNames());
        assertThat(settings).containsEntry("process.roles", "broker,controller").doesNotContainKey("zookeeper.connect");
        assertThat(data.resolve("meta.properties")).content().contains(CLUSTER_ID, "node.id=1");
    }

    private Properties setUp(Path data) throws IOException, InterruptedException {
        Path defaults = Files.createDirectories(folder.resolve("default"));
        Path mounted = Files.createDirectories(folder.resolve("mounted"));
        Path made = Files.createDirectories(folder.resolve("made"));
        Files.writeString(defaults.resolve("server.properties"), "");
        Files.writeString(defaults.resolve("log4j2.yaml"), LOGGING);
        Files.writeString(defaults.resolve("tools-log4j2.yaml"), LOGGING);
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kafka.docker.KafkaDockerWrapper",
                "setup",
                "--default-configs-dir",
                defaults.toString(),
                "--mounted-configs-dir",
                mounted.toString(),
                "--final-configs-dir",
                made.toString());
        Map<String, String> environment =
                ComposeFile.environment(ComposeFile.read().service("kafka"));
        environment.put("KAFKA_LOG_DIRS", data.toString());
        environment.put("CLUSTER_ID", CLUSTER_ID);
        command.environment().putAll(environment);
        Path log = folder.resolve("log");
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(made.resolve("server.properties"))) {
            settings.load(reader);
        }
        return settings;
    }
}
