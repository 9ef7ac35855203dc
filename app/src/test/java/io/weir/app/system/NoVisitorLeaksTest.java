package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.VisitorKeys;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.TopicPolicy;
import io.weir.domain.EventType;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.serde.VisitorNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Visitors and orders with names that stand out are planted in every input, in good, bad, late and enormous records; then
 * all that a running application says and leaves behind is searched for them.
 */
@ExtendWith(SharedBroker.class)
class NoVisitorLeaksTest {
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String VISITOR = "canary7341";
    private static final String ORDER = "ordercanary5512";
    private static final String KEY = "Zk3yUx8mQ0rT5vB1nL6wE9pA2sD4fG7h";

    @TempDir
    Path folder;

    /** @param told the visitor whom the record's headers tell */
    private record Sent(EventType input, byte[] key, byte[] value, String told) {
        Sent(EventType input, byte[] key, byte[] value) {
            this(input, key, value, key == null ? VISITOR : new String(key, StandardCharsets.UTF_8));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<EventRow> goodEvents() {
        List<EventRow> good = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String visitor = VISITOR + "-" + i;
            long timeMs = TEN + i * 1_000L;
            good.add(EventRow.click("c" + i, visitor, "mug", "search", "spring", 1_000 + i, timeMs));
            good.add(EventRow.visit("v" + i, visitor, "mug", null, null, "c" + i, timeMs + 1));
            good.add(EventRow.payment("p" + i, visitor, "mug", 1, 9_000_000, timeMs + 2)
                    .withOrderId(ORDER + "-" + i));
        }
        return good;
    }

    private static List<Sent> badRecords(Application weir) {
        String visitor = VISITOR + "-0";
        byte[] key = bytes(visitor);
        EventRow visit = EventRow.visit("x", visitor, "mug", "search", null, null, TEN);
        EventRow payment = EventRow.payment("x", visitor, "mug", 1, 5, TEN).withOrderId(ORDER + "-bad");
        String enormous = VISITOR + "-" + "x".repeat(200_000);
        byte[] cut = weir.bytes(visit);
        List<Sent> bad = new ArrayList<>(List.of(
                new Sent(EventType.VISIT, key, bytes("no Avro at all: " + visitor)),
                new Sent(EventType.CLICK, key, null),
                new Sent(EventType.VISIT, key, Arrays.copyOf(cut, cut.length - 2)),
                new Sent(EventType.CLICK, key, cut),
                new Sent(EventType.VISIT, bytes(VISITOR + "-other"), weir.bytes(visit)),
                new Sent(EventType.VISIT, null, weir.bytes(visit)),
                new Sent(
                        EventType.CLICK,
                        bytes("somebody-else"),
                        weir.bytes(EventRow.click("x", visitor, "mug", "ads", null, -1, TEN)),
                        visitor),
                new Sent(EventType.VISIT, bytes("somebody-else"), bytes("no Avro at all: " + visitor), visitor),
                new Sent(EventType.VISIT, bytes(enormous), weir.bytes(visit.withVisitorId(enormous)))));
        for (EventRow row : List.of(
                visit.withId(" "),
                EventRow.click("x", visitor, "mug", " ", null, 1, TEN),
                EventRow.click("x", visitor, "mug", "ads", null, -1, TEN),
                EventRow.payment("x", visitor, "mug", 0, 5, TEN).withOrderId(ORDER + "-bad"),
                EventRow.payment("x", visitor, "mug", 1, -1, TEN).withOrderId(ORDER + "-bad"),
                payment.withOrderId(" "),
                EventRow.visit("x", visitor, "mug", null, null, null, Long.MAX_VALUE),
                EventRow.visit("x", visitor, "mug", null, null, null, -1),
                EventRow.visit("late", visitor, "mug", null, null, null, TEN - 3_600_000),
                EventRow.payment("late", visitor, "mug", 1, 5, TEN - 3_600_000).withOrderId(ORDER + "-late"))) {
            bad.add(new Sent(Events.typeOf(row), key, weir.bytes(row)));
        }
        return bad;
    }

    /** All to one partition; record times that rise, so that the pipeline reads all topics in just this order. */
    private static int publish(Application weir) throws Exception {
        List<Sent> all = new ArrayList<>();
        goodEvents().forEach(row -> all.add(new Sent(Events.typeOf(row), bytes(row.visitorId()), weir.bytes(row))));
        all.addAll(badRecords(weir));
        try (Producer<byte[], byte[]> producer = EventSink.producer(weir.config())) {
            for (int i = 0; i < all.size(); i++) {
                Sent each = all.get(i);
                RecordHeaders headers = new RecordHeaders();
                headers.add("user", bytes("id=" + each.told()));
                headers.add("session-of-" + each.told(), bytes("s" + i));
                headers.add("trace", bytes("t" + i));
                producer.send(new ProducerRecord<>(
                                weir.config().topic(each.input()), 1, TEN + i, each.key(), each.value(), headers))
                        .get();
            }
        }
        return all.size();
    }

    /** Runs the application on the canaries and returns all that it said meanwhile, by where it said so. */
    private Map<String, String> run(Application weir, List<Child> instances) throws Exception {
        List<RunningWeir> running = instances.stream().map(RunningWeir::of).toList();
        awaitShares(running);
        int published = publish(weir);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                running.stream().mapToLong(RunningWeir::read).sum())
                        .isEqualTo(published));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(weir.windowsCsv())
                        .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(goodEvents(), OracleSettings.DEFAULT))));
        Map<String, String> said = new TreeMap<>();
        for (RunningWeir each : running) {
            for (String path : List.of(
                    "",
                    "metrics",
                    "api/v1/board",
                    "api/v1/alerts",
                    "api/v1/now?dimension=product&window=today",
                    "api/v1/windows?dimension=source&window=1m",
                    "api/v1/windows/top?dimension=product&window=1d",
                    "api/v1/credit?order=" + ORDER + "-3")) {
                said.put(each.page() + path, each.get(path).body());
            }
        }
        return said;
    }

    /**
     * Waits until each owns its share of the inputs. A partition that moves later leaves its state for some minutes
     * where it was, the journeys that are forgotten meanwhile included.
     */
    private static void awaitShares(List<RunningWeir> running) {
        String share = "weir_owned_partitions{kind=\"input\"} " + Application.PARTITIONS / running.size();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> running.stream()
                        .allMatch(each -> each.get("metrics").body().contains(share)));
    }

    private static void stop(List<Child> instances, Map<String, String> said) throws InterruptedException {
        for (Child instance : instances) {
            instance.terminate();
            instance.exitStatus(Duration.ofSeconds(40));
            said.put("standard output of " + said.size(), instance.out());
            said.put("standard error of " + said.size(), instance.err());
        }
    }

    private static String record(ConsumerRecord<byte[], byte[]> message, boolean headersOnly) {
        StringBuilder text = new StringBuilder();
        for (Header header : message.headers()) {
            text.append(header.key())
                    .append('=')
                    .append(StoredBytes.text(header.value()))
                    .append(' ');
        }
        return headersOnly
                ? text.toString()
                : text + StoredBytes.text(message.key()) + " = " + StoredBytes.text(message.value());
    }

    /** The topics that hold this where they must not: anywhere, but in refused records in the headers alone. */
    private static List<String> topicsWith(Application weir, String searched) throws Exception {
        Set<String> inputs = Set.of(
                weir.config().topic(EventType.CLICK),
                weir.config().topic(EventType.VISIT),
                weir.config().topic(EventType.PAYMENT));
        Set<String> refused = Set.of(weir.config().lateTopic(), weir.config().deadLetterTopic());
        List<String> found = new ArrayList<>();
        for (TopicPolicy policy : policiesOfTopicsThatExist(weir)) {
            String topic = policy.topic();
            boolean holds = !inputs.contains(topic)
                    && weir.read(topic).stream()
                            .anyMatch(message ->
                                    record(message, refused.contains(topic)).contains(searched));
            if (holds) {
                found.add(topic);
            }
        }
        return found;
    }

    /** All but that of the retries, which the first retry makes: to read a topic that is not there would make it. */
    private static List<TopicPolicy> policiesOfTopicsThatExist(Application weir) throws Exception {
        try (Admin admin = Admin.create(ClientSettings.admin(weir.config()))) {
            Set<String> topics = admin.listTopics().names().get();
            List<TopicPolicy> all = TopicPolicy.all(weir.config());
            List<TopicPolicy> existing = all.stream()
                    .filter(policy -> topics.contains(policy.topic()))
                    .toList();
            assertThat(existing)
                    .extracting(TopicPolicy::topic)
                    .hasSize(all.size() - 1)
                    .doesNotContain(weir.config().retriesTopic());
            return existing;
        }
    }

    private static List<String> placesWith(Map<String, String> said, String searched) {
        return said.entrySet().stream()
                .filter(entry -> entry.getValue().contains(searched))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void assertTopicsAreKeptAsDeclared(Application weir) throws Exception {
        for (TopicPolicy policy : policiesOfTopicsThatExist(weir)) {
            weir.assertKeptAsDeclared(policy);
        }
    }

    @Test
    void withAKeyNoVisitorIsNamedAnywhereButInTheRefusedRecords(BrokerProcess broker) throws Exception {
        Path key = Files.writeString(folder.resolve("visitor-key"), KEY + "\n");
        Map<String, String> settings = Map.of(
                "visitor.key.file",
                key.toString(),
                "kafka.repartition.purge.interval.ms",
                "3600000",
                "stream.threads",
                "1");
        try (Application weir = new Application("canary", broker, folder, settings)) {
            List<String> talkative = List.of("env", "JDK_JAVA_OPTIONS=-Dweir.log=DEBUG -Dweir.log.kafka=INFO");
            List<Child> instances = List.of(weir.start(1, talkative, Map.of()), weir.start(2, talkative, Map.of()));
            Map<String, String> said = run(weir, instances);
            forget(weir, VISITOR + "-5", said);
            assertThat(weir.windowsCsv())
                    .as("figures stay")
                    .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(goodEvents(), OracleSettings.DEFAULT)));
            stop(instances, said);

            assertThat(placesWith(said, VISITOR)).isEmpty();
            assertThat(placesWith(said, KEY)).isEmpty();
            assertThat(placesWith(said, ORDER)).allMatch(place -> place.contains("credit"));
            assertThat(topicsWith(weir, VISITOR)).isEmpty();
            assertThat(topicsWith(weir, ORDER))
                    .containsExactlyInAnyOrder("canary-journeys-changelog", "canary-credits-changelog");
            assertTopicsAreKeptAsDeclared(weir);
            for (int instance = 1; instance <= 2; instance++) {
                assertThat(StoredBytes.filesWith(weir.stateDir(instance), VISITOR))
                        .isEmpty();
                assertThat(StoredBytes.entriesWith(weir.stateDir(instance), VISITOR))
                        .isEmpty();
            }
            assertTheExceptionIsThere(weir);
            assertTheOthersAreKnownByPseudonyms(weir);
        }
    }

    private static void forget(Application weir, String visitor, Map<String, String> said) {
        List<String> arguments = new ArrayList<>(List.of("forget", visitor, "--within", "PT1M"));
        arguments.addAll(weir.asOptions());
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.status()).as("%s", run).isZero();
        assertThat(run.out()).contains("all " + Application.PARTITIONS + " partitions");
        said.put("forget", run.out() + run.err());
        assertThat(weir.read(weir.config().forgetTopic()))
                .as("what has been done is deleted")
                .isEmpty();
    }

    private static void assertTheExceptionIsThere(Application weir) {
        for (String topic : List.of(weir.config().lateTopic(), weir.config().deadLetterTopic())) {
            assertThat(weir.read(topic))
                    .isNotEmpty()
                    .allMatch(message -> record(message, false).contains(VISITOR));
            assertThat(weir.read(topic))
                    .allMatch(message -> record(message, true).contains("weir.reason="));
        }
    }

    /** So the searches see what is there: each visitor but the one who was forgotten. */
    private void assertTheOthersAreKnownByPseudonyms(Application weir) throws Exception {
        VisitorNames names = VisitorKeys.names(weir.config()).get();
        for (int i = 0; i < 12; i++) {
            String pseudonym = names.name(bytes(VISITOR + "-" + i));
            List<String> stored = new ArrayList<>(StoredBytes.entriesWith(weir.stateDir(1), pseudonym));
            stored.addAll(StoredBytes.entriesWith(weir.stateDir(2), pseudonym));
            List<ConsumerRecord<byte[], byte[]>> changes = weir.read("canary-journeys-changelog").stream()
                    .filter(change -> StoredBytes.text(change.key()).equals(pseudonym))
                    .toList();
            byte[] last = changes.get(changes.size() - 1).value();
            // In both, where the second instance had the time to take over from the first, which stopped before it.
            assertThat(stored).as("visitor %d", i).hasSizeBetween(i == 5 ? 0 : 1, i == 5 ? 0 : 2);
            assertThat(last == null).as("the changelog ends with a deletion").isEqualTo(i == 5);
        }
    }

    @Test
    void withoutAKeyTheSameSearchesFindTheVisitors(BrokerProcess broker) throws Exception {
        try (Application weir = new Application("canary-open", broker, folder, Map.of())) {
            List<Child> instances = List.of(weir.start(1));
            Map<String, String> said = run(weir, instances);
            stop(instances, said);

            assertThat(placesWith(said, VISITOR))
                    .as("nobody says who the visitors are")
                    .isEmpty();
            assertThat(topicsWith(weir, VISITOR))
                    .containsExactlyInAnyOrder(
                            "canary-open-journeys-changelog",
                            weir.config().lateTopic(),
                            weir.config().deadLetterTopic());
            assertThat(StoredBytes.filesWith(weir.stateDir(1), VISITOR)).isNotEmpty();
            assertThat(StoredBytes.entriesWith(weir.stateDir(1), VISITOR)).hasSize(12);
        }
    }
}
