package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.broker.BrokerProcess;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.TopicPolicy;
import io.weir.domain.EventType;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.schema.Visit;
import io.weir.wire.EmbeddedSchemaRegistry;
import io.weir.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What was refused can be counted, looked at and, after a fix, sent back; then it counts, once. */
@ExtendWith(SharedBroker.class)
class DeadLettersTest {
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String KEY = "Zk3yUx8mQ0rT5vB1nL6wE9pA2sD4fG7h";
    private static final int VISITORS = 10;
    private static final int TOO_LONG = 150;

    @TempDir
    Path folder;

    private static String visitor(int i) {
        return "canary-" + i % VISITORS;
    }

    private static List<EventRow> goodEvents() {
        List<EventRow> good = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long timeMs = TEN + i * 4_000L;
            good.add(EventRow.click("c" + i, visitor(i), "mug", "search", "spring", 1_000 + i, timeMs));
            good.add(EventRow.payment("p" + i, visitor(i), "mug", 1, 9_000_000, timeMs + 2));
        }
        return good;
    }

    /** Refused while texts may have 40 characters. */
    private static List<EventRow> tooLong() {
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < TOO_LONG; i++) {
            String product = "a mug with a very long name " + "x".repeat(20 + i % 7);
            rows.add(EventRow.visit("v" + i, visitor(i), product, "mail", null, null, TEN + i * 1_000L));
        }
        return rows;
    }

    /** Refused while the registry does not know the schema. */
    private static List<EventRow> ofUnknownSchema() {
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(EventRow.visit("u" + i, visitor(i), "mug", null, null, null, TEN + 50_000L + i));
        }
        return rows;
    }

    private static EventRow late() {
        return EventRow.visit("late", visitor(0), "mug", null, null, null, TEN - 3_600_000);
    }

    private static int nextId(EmbeddedSchemaRegistry registry) {
        for (int id = 1; ; id++) {
            try {
                registry.schemaById(id);
            } catch (WireException e) {
                return id;
            }
        }
    }

    /** The visit's own schema as another one: with a property that changes nothing. */
    private static void register(Application weir, int expectedId) {
        Schema schema = new Schema.Parser().parse(Visit.getClassSchema().toString());
        schema.addProp("since", "2026");
        assertThat(weir.registry().registry().register(weir.config().topic(EventType.VISIT) + "-value", schema))
                .isEqualTo(expectedId);
    }

    private static void send(Application weir, EventRow row, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = EventSink.producer(weir.config())) {
            byte[] key = row.visitorId().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(weir.config().topic(Events.typeOf(row)), null, row.timeMs(), key, value))
                    .get();
        }
    }

    private static CommandRun run(Application weir, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(weir.asOptions());
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        return run;
    }

    private static Map<String, Long> listed(Application weir, String command) throws IOException {
        CommandRun run = run(weir, command, "list", "--format", "json");
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode each : new ObjectMapper().readTree(run.out()).get("counts")) {
            String topic = each.get("input").asText();
            counts.put(
                    topic.substring(topic.indexOf('.') + 1) + " "
                            + each.get("reason").asText(),
                    each.get("records").asLong());
        }
        return counts;
    }

    /** What the metrics say became of records, those that were accepted left out. */
    private static Map<String, Long> refused(RunningWeir running, String outcome) {
        Map<String, Long> counts = new TreeMap<>();
        running.events().forEach((labels, records) -> {
            if (labels.contains(outcome)) {
                counts.put(labels.replace("rejected ", ""), records);
            }
        });
        return counts;
    }

    @Test
    void whatIsSentBackAfterTheFixCountsOnceEvenIfTheRetryIsKilled(BrokerProcess broker) throws Exception {
        List<EventRow> good = goodEvents();
        Map<String, String> settings = Map.of("visitor.key", KEY);
        try (Application weir = new Application("letters", broker.bootstrapServers(), folder, settings)) {
            Child before = weir.start(1, Map.of("max.field.length", "40"));
            weir.publish(good);
            await().atMost(LONG).until(() -> !weir.windows().isEmpty());
            int unknownId = refuseAll(weir);
            RunningWeir running = RunningWeir.of(before);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(refused(running, "rejected"))
                            .isEqualTo(Map.of(
                                    "visits field_too_long", (long) TOO_LONG,
                                    "visits undecodable", 1L,
                                    "visits unknown_schema", 5L)));
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(listed(weir, "dead-letters")).isEqualTo(refused(running, "rejected")));
            assertThat(listed(weir, "late-events")).isEqualTo(refused(running, "late"));
            showsWhatWasRefusedAndNoVisitor(weir);
            showsWhatCameLate(weir);
            before.terminate();
            before.exitStatus(Duration.ofSeconds(30));

            register(weir, unknownId);
            Child after = weir.start(1);
            assertThat(run(weir, "dead-letters", "retry", "--dry-run").out())
                    .contains("Would be sent back: 156", "150 field_too_long", "5 unknown_schema");
            retryAndKill(weir);
            CommandRun rest = run(weir, "dead-letters", "retry");
            assertThat(rest.status()).as(rest.err()).isZero();
            CommandRun again = run(weir, "dead-letters", "retry", "--reason", "field_too_long");
            assertThat(again.out()).contains("Sent back: 0", "150 sent back before", "150 field_too_long");
            weir.assertKeptAsDeclared(policyOfRetries(weir));
            countsAllOnce(weir, RunningWeir.of(after), good);
            lateEventsAreLateAgain(weir, RunningWeir.of(after));
            after.terminate();
            after.exitStatus(Duration.ofSeconds(30));
            lateEventsCountWithMoreGrace(weir, good);
        }
    }

    /** Answers the id of the schema that the registry does not know yet. */
    private static int refuseAll(Application weir) throws Exception {
        weir.publish(tooLong());
        int unknownId = nextId(weir.registry().registry());
        for (EventRow row : ofUnknownSchema()) {
            byte[] value = weir.bytes(row);
            ByteBuffer.wrap(value).putInt(1, unknownId);
            send(weir, row, value);
        }
        EventRow cut = EventRow.visit("cut", visitor(1), "mug", null, null, null, TEN);
        send(weir, cut, ("no Avro, but " + visitor(1)).getBytes(StandardCharsets.UTF_8));
        send(weir, late(), weir.bytes(late()));
        return unknownId;
    }

    private static void showsWhatWasRefusedAndNoVisitor(Application weir) throws IOException {
        CommandRun all = run(weir, "dead-letters", "show", "--limit", "1000", "--format", "json");
        assertThat(all.out().lines()).hasSize(156);
        assertThat(all.out()).doesNotContain("canary");
        CommandRun revealed = run(weir, "dead-letters", "show", "--limit", "1000", "--reveal", "--format", "json");
        assertThat(revealed.out()).contains("\"key\":\"canary-1\"", "\"visitor_id\":\"canary-1\"");

        CommandRun two =
                run(weir, "dead-letters", "show", "--reason", "field_too_long", "--limit", "2", "--format", "json");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : two.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(2).allSatisfy(each -> {
            assertThat(each.at("/reason").asText()).isEqualTo("field_too_long");
            assertThat(each.at("/event/product_id").asText()).startsWith("a mug with a very long name");
            assertThat(each.at("/event/visitor_id").asText())
                    .hasSize(22)
                    .isEqualTo(each.at("/key").asText());
            assertThat(each.at("/origin/topic").asText()).isEqualTo("letters.visits");
        });
        JsonNode second = lines.get(1);
        CommandRun from = run(
                weir,
                "dead-letters",
                "show",
                "--partition",
                second.get("partition").asText(),
                "--from-offset",
                second.get("offset").asText(),
                "--limit",
                "1");
        assertThat(from.out())
                .startsWith("letters.dead-letters partition " + second.get("partition") + " offset "
                        + second.get("offset") + ", ")
                .contains("visitor_id " + second.at("/event/visitor_id").asText());
    }

    private static void showsWhatCameLate(Application weir) throws IOException {
        CommandRun json = run(weir, "late-events", "show", "--reason", "late", "--format", "json");
        assertThat(json.status()).as(json.err()).isZero();
        JsonNode shown = new ObjectMapper().readTree(json.out());
        assertThat(json.out().lines()).hasSize(1);
        assertThat(shown.at("/topic").asText()).isEqualTo("letters.late-events");
        assertThat(shown.at("/reason").asText()).isEqualTo("late");
        assertThat(shown.at("/origin/topic").asText()).isEqualTo("letters.visits");
        assertThat(shown.at("/event/visit_id").asText()).isEqualTo("late");
        assertThat(shown.at("/event/visitor_id").asText())
                .hasSize(22)
                .isEqualTo(shown.at("/key").asText());
        CommandRun text = run(weir, "late-events", "show");
        assertThat(text.status()).isZero();
        assertThat(text.out())
                .startsWith("letters.late-events partition " + shown.get("partition") + " offset 0, ")
                .doesNotContain("canary");
        assertThat(run(weir, "late-events", "show", "--from-offset", "1").out())
                .contains("There are no such late events.");
    }

    private static TopicPolicy policyOfRetries(Application weir) {
        return TopicPolicy.all(weir.config()).stream()
                .filter(policy -> policy.topic().equals(weir.config().retriesTopic()))
                .findFirst()
                .orElseThrow();
    }

    /** With a transaction for each record, so that there is a middle in which it can be killed. */
    private void retryAndKill(Application weir) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("dead-letters", "retry"));
        arguments.addAll(weir.asOptions());
        arguments.addAll(List.of("--set", "kafka.max.poll.records=1"));
        long before = records(weir);
        try (Child retry = Child.start(folder, arguments.toArray(String[]::new))) {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> records(weir) > before + 20 || !retry.isAlive());
            retry.kill();
        }
        assertThat(run(weir, "dead-letters", "retry", "--dry-run").out())
                .as("it was killed in the middle")
                .doesNotContain("Would be sent back: 0 ", "Would be sent back: 156 ");
    }

    private static long records(Application weir) {
        return weir.read(weir.config().topic(EventType.VISIT)).size();
    }

    /** What counts after the retry of the dead letters. */
    private static List<EventRow> counted(List<EventRow> good) {
        List<EventRow> all = new ArrayList<>(good);
        all.addAll(tooLong());
        all.addAll(ofUnknownSchema());
        return all;
    }

    private static void countsAllOnce(Application weir, RunningWeir running, List<EventRow> good) throws Exception {
        List<EventRow> all = counted(good);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(running.events())
                        .containsEntry("visits accepted", 155L)
                        .containsEntry("visits rejected undecodable", 2L)
                        .containsEntry("visits rejected field_too_long", 150L)
                        .doesNotContainKey("visits duplicate"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(weir.windowsCsv())
                        .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(all, OracleSettings.DEFAULT))));
        assertThat(listed(weir, "dead-letters")).isEqualTo(refused(running, "rejected"));
    }

    private static void lateEventsAreLateAgain(Application weir, RunningWeir running) throws Exception {
        CommandRun retry = run(weir, "late-events", "retry");
        assertThat(retry.status()).isZero();
        assertThat(retry.err()).contains("late again", "PT10M");
        assertThat(retry.out()).contains("Sent back: 1 late events");
        await().atMost(LONG).untilAsserted(() -> assertThat(running.events()).containsEntry("visits late", 2L));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(listed(weir, "late-events")).containsEntry("visits late", 2L));
    }

    /** No event of the four minutes has settled meanwhile, so the greater grace is as if it had been there before. */
    private static void lateEventsCountWithMoreGrace(Application weir, List<EventRow> good) throws Exception {
        RunningWeir running = RunningWeir.of(weir.start(1, Map.of("grace", "PT2H")));
        CommandRun retry = run(weir, "late-events", "retry", "--set", "grace=PT2H");
        assertThat(retry.status()).isZero();
        assertThat(retry.out()).contains("Sent back: 1 late events", "1 sent back before");
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(running.events())
                        .containsEntry("visits accepted", 156L)
                        .containsEntry("visits late", 2L));
        List<EventRow> all = counted(good);
        all.add(late());
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(weir.windowsCsv())
                        .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(all, OracleSettings.DEFAULT))));
    }

    @Test
    void wrongUsageAndAbsentTopicsAreNamedWithTheCure(BrokerProcess broker) {
        assertThat(CommandRun.of("dead-letters").status()).isEqualTo(2);
        assertThat(CommandRun.of("dead-letters", "list").err()).contains("kafka.bootstrap.servers: missing");
        CommandRun wrong = CommandRun.of("late-events", "show", "--reason", "undecodable");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("--reason: found undecodable; one of late is needed");
        CommandRun absent = CommandRun.of(
                "dead-letters",
                "retry",
                "--set",
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "--set",
                "topic.dead.letters=absent");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("there is no topic absent", "a pipeline makes it");
    }
}
