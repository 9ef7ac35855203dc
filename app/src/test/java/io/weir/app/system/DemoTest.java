package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.oracle.EventFile;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, from its start to its end without a trace. */
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void theDemoShowsAGrowingShopAndLeavesNothingBehind() throws Exception {
        try (Child demo = Child.start(folder, "demo", "--rate", "300", "--set", "http.port=0")) {
            RunningWeir weir = RunningWeir.of(demo);
            assertThat(demo.out()).contains(weir.page() + "metrics", weir.page() + "registry");
            await().atMost(Duration.ofSeconds(60)).until(() -> weir.status("health/ready") == 200);
            List<ProcessHandle> children = demo.descendants();
            assertThat(children).as("the broker").hasSize(1);
            assertThat(folder.resolve("tmp")).isNotEmptyDirectory();

            showsGeneratedFiguresThatGrow(weir);
            keepsSchemasThatAnyClientCanAskFor(weir, bootstrapServers(demo));

            // As Ctrl-C in a terminal: it reaches all processes of the group.
            children.forEach(ProcessHandle::destroy);
            demo.terminate();
            demo.exitStatus(Duration.ofSeconds(20));
            await().atMost(Duration.ofSeconds(5)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(folder.resolve("tmp")).isDirectoryNotContaining("glob:**/weir-*");
            assertThat(demo.err()).doesNotContain("\tat ", "ERROR");
        }
    }

    @Test
    void theDemoCanBeStoppedWhileItStarts() throws Exception {
        try (Child demo = Child.start(folder, "demo", "--set", "http.port=0")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !demo.descendants().isEmpty());
            List<ProcessHandle> children = demo.descendants();

            demo.terminate();

            demo.exitStatus(Duration.ofSeconds(45));
            await().atMost(Duration.ofSeconds(30)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(folder.resolve("tmp")).isDirectoryNotContaining("glob:**/weir-*");
        }
    }

    @Test
    void aReplayThatIsStoppedLeavesNothingBehind() throws Exception {
        Path file = folder.resolve("events.csv");
        EventFile.write(file, Events.ofShop(31, Instant.parse("2026-03-02T18:00:00Z"), 5, 10_000));
        try (Child replay = Child.start(folder, "replay", file.toString(), "--embedded", "--speed", "10x")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> replay.err().contains("publishing"));

            replay.terminate();

            replay.exitStatus(Duration.ofSeconds(30));
            assertThat(folder.resolve("tmp")).isDirectoryNotContaining("glob:**/weir-*");
            assertThat(replay.err()).doesNotContain("\tat ");
        }
    }

    private static void showsGeneratedFiguresThatGrow(RunningWeir weir) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> visitors(weir) > 0);
        long before = visitors(weir);
        await().atMost(Duration.ofSeconds(60)).until(() -> visitors(weir) > before);
        JsonNode board = weir.json("api/v1/board");
        assertThat(board.get("generated_traffic").booleanValue()).isTrue();
        JsonNode total = board.at("/shop/today/line/measures");
        assertThat(total.get("clicks").longValue()).isPositive();
        assertThat(total.get("cost_micros").longValue()).isPositive();
        assertThat(total.get("landings").longValue()).isPositive();
        assertThat(weir.status("")).isEqualTo(200);
        Map<String, Long> events = weir.events();
        assertThat(events.keySet()).as("%s", events).allMatch(label -> label.endsWith(" accepted"));
    }

    private static long visitors(RunningWeir weir) throws Exception {
        return weir.json("api/v1/board")
                .at("/shop/today/line/measures/visitors")
                .longValue();
    }

    private static String bootstrapServers(Child demo) {
        Matcher line = Pattern.compile("Kafka +(\\S+)").matcher(demo.out());
        assertThat(line.find()).as("%s", demo).isTrue();
        return line.group(1);
    }

    /** Looks up the schema of a record as Confluent's clients do: by the four bytes after the magic one. */
    private static void keepsSchemasThatAnyClientCanAskFor(RunningWeir weir, String servers) throws Exception {
        ByteBuffer value = ByteBuffer.wrap(firstRecord("weir.visits", servers).value());
        assertThat(value.get()).isZero();
        HttpResponse<String> answer = weir.get("registry/schemas/ids/" + value.getInt());
        assertThat(answer.statusCode()).isEqualTo(200);
        String schema = new ObjectMapper().readTree(answer.body()).get("schema").textValue();
        assertThat(new Schema.Parser().parse(schema).getName()).isEqualTo("Visit");
        assertThat(weir.get("registry/subjects").body()).contains("weir.visits-value", "weir.windows-value");
    }

    private static ConsumerRecord<byte[], byte[]> firstRecord(String topic, String servers) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers, "group.id", "somebody", "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                return !found.isEmpty();
            });
        }
        return found.get(0);
    }
}
