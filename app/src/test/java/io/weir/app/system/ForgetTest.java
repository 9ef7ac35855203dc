package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Coverage;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.Pipeline;
import io.weir.oracle.EventRow;
import io.weir.serde.VisitorNames;
import io.weir.topology.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A visitor is forgotten by the keys that the pipeline has; by others nobody is, and the command says so. */
@ExtendWith(SharedBroker.class)
class ForgetTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final String ANN = "visitor-ann";
    private static final String BOB = "visitor-bob";
    private static final String KEY = "the key that is, as long as it must be";
    private static final String OTHER = "the key that is not, as long as it must be";
    private static final Map<String, String> BY_KEY = Map.of("visitor.key", KEY);
    private static final Map<String, String> BY_OTHER = Map.of("visitor.key", OTHER);
    private static final Map<String, String> BY_OTHER_SINCE_KEY =
            Map.of("visitor.key", OTHER, "visitor.key.previous", KEY);
    private static final Map<String, String> BY_KEY_SINCE_IDS =
            Map.of("visitor.key", KEY, "visitor.key.previous.file", "none");

    @TempDir
    Path folder;

    private Application application(String name, BrokerProcess broker) throws Exception {
        return new Application(name, broker, folder, Map.of());
    }

    private Pipeline start(Application weir, Map<String, String> keys) throws Exception {
        Map<String, String> settings =
                new HashMap<>(Application.settings(weir.config().applicationId()));
        settings.put("kafka.bootstrap.servers", weir.config().text("kafka.bootstrap.servers"));
        settings.put("kafka.commit.interval.ms", "200");
        settings.put("state.dir", weir.stateDir(1).toString());
        settings.putAll(keys);
        return Pipeline.start(WeirConfig.of(settings), weir.registry().registry(), new Coverage());
    }

    /** Publishes a visit of each and waits until their journeys are committed, each under a name of its own. */
    private static void visit(Application weir, Map<String, String> keys) {
        weir.publish(Stream.of(ANN, BOB)
                .map(visitor -> EventRow.visit(visitor, visitor, "mug", "search", null, null, TEN))
                .toList());
        VisitorNames names = VisitorKeys.names(WeirConfig.of(keys)).get();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journeys(weir)).containsKeys(name(names, ANN), name(names, BOB)));
    }

    private static String name(VisitorNames names, String visitor) {
        return names.name(visitor.getBytes(StandardCharsets.UTF_8));
    }

    /** By the visitor's name, whether there is a journey still. */
    private static Map<String, Boolean> journeys(Application weir) throws Exception {
        Map<String, Boolean> journeys = new HashMap<>();
        String changelog = changelog(weir, Names.JOURNEYS_STORE);
        try (Admin admin = Admin.create(ClientSettings.admin(weir.config()))) {
            // To read a topic that is not there would make it.
            if (admin.listTopics().names().get().contains(changelog)) {
                weir.read(changelog)
                        .forEach(change -> journeys.put(StoredBytes.text(change.key()), change.value() != null));
            }
        }
        return journeys;
    }

    private static String changelog(Application weir, String store) {
        return weir.config().applicationId() + "-" + store + "-changelog";
    }

    private static CommandRun forget(Application weir, String visitor, Map<String, String> keys, String within) {
        List<String> arguments = new ArrayList<>(List.of("forget", visitor, "--within", within));
        arguments.addAll(weir.asOptions());
        keys.forEach((setting, key) -> arguments.addAll(List.of("--set", setting + "=" + key)));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertForgets(Application weir, String visitor, Map<String, String> keys) {
        CommandRun done = forget(weir, visitor, keys, "PT1M");
        assertThat(done.status()).as("%s", done).isZero();
        assertThat(done.out()).contains("forgotten in all " + Application.PARTITIONS + " partitions");
    }

    private static void assertRefused(CommandRun run, String... says) {
        assertThat(run.status()).as("%s", run).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(says).doesNotContain(ANN, BOB, KEY, OTHER, "\tat ");
    }

    /** How many requests were ever sent, whatever has become of them. */
    private static long asked(Application weir) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, Application.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(weir.config().forgetTopic(), partition))
                .collect(Collectors.toMap(UnaryOperator.identity(), partition -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(ClientSettings.admin(weir.config()))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    @Test
    void withAnotherKeyThanThePipelinesOrWithoutOneNobodyIsAsked(BrokerProcess broker) throws Exception {
        try (Application weir = application("forget-key", broker);
                Pipeline ignored = start(weir, BY_KEY)) {
            visit(weir, BY_KEY);
            VisitorNames names = VisitorKeys.names(WeirConfig.of(BY_KEY)).get();
            String stored = "stored under pseudonyms of the key with fingerprint " + names.fingerprint();
            String cure = "its visitor.key or visitor.key.file";

            assertRefused(forget(weir, ANN, BY_OTHER, "PT1M"), stored, "has the key with fingerprint", cure);
            assertRefused(forget(weir, ANN, Map.of(), "PT1M"), stored, "has no key", cure);
            assertThat(asked(weir)).isZero();
            assertThat(journeys(weir)).containsEntry(name(names, ANN), true);

            assertForgets(weir, ANN, BY_KEY);
            assertThat(journeys(weir)).containsEntry(name(names, ANN), false);
            assertForgets(weir, BOB, BY_OTHER_SINCE_KEY);
            assertThat(journeys(weir)).containsEntry(name(names, BOB), false);
        }
    }

    @Test
    void withAKeyWhereThePipelineHasNoneNobodyIsAsked(BrokerProcess broker) throws Exception {
        try (Application weir = application("forget-ids", broker);
                Pipeline ignored = start(weir, Map.of())) {
            visit(weir, Map.of());

            assertRefused(forget(weir, ANN, BY_KEY, "PT1M"), "stored under their ids", "none where it has none");
            assertThat(asked(weir)).isZero();

            assertForgets(weir, ANN, Map.of());
            assertForgets(weir, BOB, BY_KEY_SINCE_IDS);
            assertThat(journeys(weir)).containsEntry(ANN, false).containsEntry(BOB, false);
        }
    }

    /** The request waits while the pipeline stands still, and the key is another when it is read. */
    @Test
    void aKeyThatChangesAfterThePartitionsWereAskedIsNoticed(BrokerProcess broker) throws Exception {
        try (Application weir = application("forget-change", broker)) {
            try (Pipeline ignored = start(weir, BY_KEY)) {
                visit(weir, BY_KEY);
            }
            CompletableFuture<CommandRun> early =
                    CompletableFuture.supplyAsync(() -> forget(weir, ANN, BY_KEY, "PT2M"));
            await().atMost(LONG).until(() -> asked(weir) > 0);

            try (Pipeline ignored = start(weir, BY_OTHER_SINCE_KEY)) {
                String now = VisitorKeys.names(WeirConfig.of(BY_OTHER)).get().fingerprint();
                assertRefused(
                        early.get(LONG.toSeconds(), TimeUnit.SECONDS),
                        "stored under pseudonyms of the key with fingerprint " + now,
                        "visitor.key.previous");
                assertRefused(forget(weir, BOB, BY_KEY, "PT1M"), now);
                assertForgets(weir, BOB, BY_OTHER_SINCE_KEY);
                assertThat(journeys(weir)).doesNotContainValue(true);
            }
        }
    }

    @Test
    void aPipelineThatStandsStillIsSaidToHaveForgottenNobodyYet(BrokerProcess broker) throws Exception {
        try (Application weir = application("forget-still", broker)) {
            assertRefused(
                    forget(weir, ANN, BY_KEY, "PT1S"),
                    "there is no topic forget-still-partition-progress-changelog",
                    "the pipeline forget-still");
            try (Pipeline ignored = start(weir, BY_KEY)) {
                visit(weir, BY_KEY);
            }

            assertRefused(forget(weir, ANN, BY_KEY, "PT1S"), "not done within PT1S", "forget-still.forget");

            Map<String, String> absent = new HashMap<>(BY_KEY);
            absent.put("topic.forget", "absent");
            assertRefused(forget(weir, ANN, absent, "PT1S"), "there is no topic absent");
        }
    }

    @Test
    void stateOfAnotherVersionOrThatNotesNoKeyIsRefused(BrokerProcess broker) throws Exception {
        try (Application weir = application("forget-format", broker)) {
            try (Pipeline ignored = start(weir, Map.of())) {
                visit(weir, Map.of());
            }
            // The format number, the fingerprint that stands for ids, a text of no characters, no publication, no
            // request.
            rewriteProgress(weir, stored -> {
                byte[] before = Arrays.copyOfRange(stored, 4, stored.length);
                before[0] = 2;
                return before;
            });
            assertRefused(forget(weir, ANN, Map.of(), "PT1S"), "notes no key", "Start the pipeline");

            rewriteProgress(weir, stored -> {
                stored[0] = 77;
                return stored;
            });
            assertRefused(forget(weir, ANN, Map.of(), "PT1S"), "format 77", "version of Weir that the pipeline runs");
            assertThat(asked(weir)).isZero();
        }
    }

    private static void rewriteProgress(Application weir, UnaryOperator<byte[]> change) throws Exception {
        String changelog = changelog(weir, Names.PARTITION_PROGRESS_STORE);
        try (Producer<byte[], byte[]> producer = EventSink.producer(weir.config())) {
            for (ConsumerRecord<byte[], byte[]> stored : weir.read(changelog)) {
                byte[] changed = change.apply(stored.value().clone());
                producer.send(new ProducerRecord<>(changelog, stored.partition(), stored.key(), changed))
                        .get();
            }
        }
    }
}
