package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.app.acls.Grant;
import io.weir.app.acls.Grants;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Coverage;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.Forgetting;
import io.weir.app.pipeline.Pipeline;
import io.weir.app.pipeline.Reset;
import io.weir.app.pipeline.StartException;
import io.weir.app.pipeline.Topics;
import io.weir.app.refused.RefusedCounts;
import io.weir.app.refused.RefusedKind;
import io.weir.app.refused.RefusedTopic;
import io.weir.app.refused.Retried;
import io.weir.app.refused.Retry;
import io.weir.app.refused.Shown;
import io.weir.domain.EventType;
import io.weir.dose.Dose;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.topology.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./weir acls} prints is what Weir has to be allowed: no less does, and no more is asked for. */
class PermissionsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-03-02T18:00:00Z");
    private static final Set<AclOperation> IMPLY_DESCRIBE =
            Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);

    private static SecuredBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void thePipelineDoesAllOfItsWorkWithThePrintedPermissionsAndNeedsEachOfThem() throws Exception {
        WeirConfig config = config("exact", Map.of());
        List<Grant> grants = Grants.of(Grants.Task.RUN, config, false);
        broker.allow("weir", grants);
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            new Topics(config, admin).prepare();
        }
        List<EventRow> events = Events.ofShop(41, START, 10, 6_000);
        try (Application shop = new Application("exact", broker.bootstrapServers(), folder, Map.of())) {
            Coverage first = new Coverage();
            try (Pipeline pipeline = start(config, shop, first)) {
                shop.publish(events.subList(0, 3_000));
                await().atMost(LONG).until(() -> first.processed() >= 3_000 && pipeline.isReady());
            }
            Folders.delete(config.stateDir());
            Coverage second = new Coverage();
            try (Pipeline pipeline = start(config, shop, second)) {
                shop.publish(events.subList(3_000, events.size()));
                publishWhatIsRefused(shop);
                await().atMost(LONG).until(() -> second.processed() > events.size());
                List<EventRow> all = new ArrayList<>(events);
                all.addAll(shop.closing(events.get(events.size() - 1).timeMs()
                        + Duration.ofDays(3).toMillis()));
                shop.publish(all.subList(events.size(), all.size()));
                long lastMs = all.get(all.size() - 1).timeMs();
                shop.awaitFinal(lastMs - Duration.ofDays(1).toMillis(), LONG);
                assertThat(shop.windowsCsv()).isEqualTo(oracle(all));
                assertThat(shop.read(config.lateTopic())).hasSize(1);
                assertThat(shop.read(config.deadLetterTopic())).hasSize(1);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(unneeded("User:weir", grants))
                                .as("allowed and not needed")
                                .isEmpty());
                assertThat(pipeline.restarts()).isZero();
            }
        }
        assertThat(RecordingAuthorizer.refused("User:weir"))
                .as("needed and not allowed")
                .isEmpty();
    }

    @Test
    void atLeastOnceNeedsNoTransactionalIds() throws Exception {
        WeirConfig config =
                config("at-least-once", Map.of("topic.partitions", "1", "processing.guarantee", "at_least_once"));
        List<Grant> grants = Grants.of(Grants.Task.RUN, config, false);
        assertThat(grants)
                .isNotEmpty()
                .noneMatch(grant -> grant.resource().resourceType() == ResourceType.TRANSACTIONAL_ID);
        broker.allow("weir", grants);
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            new Topics(config, admin).prepare();
        }
        doesAllOfItsWork(config, "at-least-once");
    }

    @Test
    void whereTheTopicsExistWeirNeedNotBeAllowedToMakeThem() throws Exception {
        WeirConfig config = config("existing", Map.of("topic.partitions", "1"));
        List<Grant> grants = Grants.of(Grants.Task.RUN, config, true);
        List<String> topics = Topics.all(config);
        assertThat(grants)
                .noneMatch(grant -> grant.operation() == AclOperation.CREATE
                        && topics.contains(grant.resource().name()));
        broker.allow("weir", grants);
        doesAllOfItsWork(config, "existing");
    }

    /** On topics of one partition each, which somebody else has made if Weir has not. */
    private void doesAllOfItsWork(WeirConfig config, String application) throws Exception {
        Map<String, String> onePartition = Map.of("topic.partitions", "1");
        Coverage coverage = new Coverage();
        try (Application shop = new Application(application, broker.bootstrapServers(), folder, onePartition);
                Pipeline pipeline = start(config, shop, coverage)) {
            List<EventRow> events = Events.ofShop(46, START, 1, 500);
            List<EventRow> all = new ArrayList<>(events);
            long laterMs =
                    events.get(events.size() - 1).timeMs() + Duration.ofDays(3).toMillis();
            all.addAll(shop.closing(laterMs));
            shop.publish(events);
            publishWhatIsRefused(shop);
            await().atMost(LONG).until(() -> coverage.processed() > events.size());
            shop.publish(all.subList(events.size(), all.size()));
            shop.awaitFinal(laterMs - Duration.ofDays(1).toMillis(), LONG);
            assertThat(shop.windowsCsv()).isEqualTo(oracle(all));
            assertThat(shop.read(config.lateTopic())).hasSize(1);
            assertThat(shop.read(config.deadLetterTopic())).hasSize(1);
            assertThat(pipeline.restarts()).isZero();
        }
        assertThat(RecordingAuthorizer.refused("User:weir"))
                .as("needed and not allowed")
                .isEmpty();
    }

    /** In the short dose four of them, which stand for the kinds of things that go wrong; in the long dose all. */
    @Tag("dose")
    @Test
    void withOnePermissionLessWeirIsRefused() throws Exception {
        List<Grant> all = Grants.of(Grants.Task.RUN, config("less", Map.of()), false);
        Set<String> few = Set.of("WRITE less.windows", "READ less", "WRITE less-", "CREATE less.dead-letters");
        Predicate<Grant> taken = Dose.LONG ? grant -> true : grant -> few.contains(name(grant));
        List<Grant> tried = all.stream().filter(taken).toList();
        assertThat(tried).hasSizeGreaterThanOrEqualTo(few.size());
        Dose dose = Dose.of("permissions taken away", tried.size(), tried.size());
        for (int i = 0; dose.again(); i++) {
            String application = "less-" + i;
            WeirConfig config = config(application, Map.of("topic.partitions", "1"));
            List<Grant> own = Grants.of(Grants.Task.RUN, config, false);
            Grant missing = own.get(all.indexOf(tried.get(i)));
            broker.allow(
                    "weir", own.stream().filter(grant -> !grant.equals(missing)).toList());
            refuses(config, application, missing);
        }
        System.out.printf("permissions taken away, one at a time: %s%n", dose);
    }

    /** Runs it until the broker has refused something that the missing permission would have allowed. */
    private void refuses(WeirConfig config, String application, Grant missing) throws Exception {
        if (missing.operation() == AclOperation.CREATE
                && Topics.all(config).contains(missing.resource().name())) {
            try (Admin admin = Admin.create(ClientSettings.admin(config))) {
                assertThatThrownBy(() -> new Topics(config, admin).prepare())
                        .isInstanceOf(StartException.class)
                        .hasMessageContaining("the topics cannot be prepared");
            }
            assertThat(isRefused(missing)).as("%s", missing).isTrue();
            return;
        }
        Map<String, String> onePartition = Map.of("topic.partitions", "1");
        try (Application shop = new Application(application, broker.bootstrapServers(), folder, onePartition)) {
            List<EventRow> events = Events.ofShop(42, START, 1, 1_500);
            shop.publish(events);
            publishWhatIsRefused(shop);
            runUntilRefused(config, shop, missing, ends(events));
        }
    }

    /** How far the one partition of each input reaches, with the two visits of {@link #publishWhatIsRefused}. */
    private static Map<EventType, long[]> ends(List<EventRow> events) {
        Map<EventType, long[]> ends = new EnumMap<>(EventType.class);
        ends.put(EventType.VISIT, new long[] {2});
        events.forEach(event -> ends.computeIfAbsent(Events.typeOf(event), type -> new long[1])[0]++);
        return ends;
    }

    private static void runUntilRefused(WeirConfig config, Application shop, Grant missing, Map<EventType, long[]> ends)
            throws Exception {
        // The first start reads all, and commits when it is closed; the second one is from the changelogs.
        for (int start = 0; start < 2 && !isRefused(missing); start++) {
            Coverage coverage = new Coverage();
            boolean last = start == 1;
            try (Pipeline ignored = start(config, shop, coverage)) {
                await().dontCatchUncaughtExceptions()
                        .atMost(LONG)
                        .until(() -> isRefused(missing) || !last && coverage.reaches(ends));
            } catch (StartException e) {
                assertThat(e).hasMessageContaining("./weir acls");
                return;
            }
            if (Files.exists(config.stateDir())) {
                Folders.delete(config.stateDir());
            }
        }
        assertThat(isRefused(missing)).as("%s", missing).isTrue();
    }

    @Test
    void publishersAreAllowedWhatTheyNeedAndNoMore() throws Exception {
        WeirConfig config = WeirConfig.of(with(broker.login("shop"), Application.settings("published")));
        List<Grant> grants = Grants.of(Grants.Task.PUBLISH, config, false);
        broker.allow("shop", grants);
        try (Admin admin = Admin.create(ClientSettings.admin(config));
                Producer<byte[], byte[]> producer = EventSink.producer(config)) {
            new Topics(config, admin).prepare();
            for (String topic : EventSink.topics(config).values()) {
                producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {2}))
                        .get();
            }
        }
        assertThat(unneeded("User:shop", grants)).as("allowed and not needed").isEmpty();
        assertThat(RecordingAuthorizer.refused("User:shop")).isEmpty();
    }

    @Test
    void forgettingIsAllowedWhatItNeedsAndNoMore() throws Exception {
        WeirConfig weir = config("forgotten", Map.of("topic.partitions", "1"));
        broker.allow("weir", Grants.of(Grants.Task.RUN, weir, false));
        WeirConfig config = WeirConfig.of(with(broker.login("operator"), Application.settings("forgotten")));
        List<Grant> grants = Grants.of(Grants.Task.FORGET, config, false);
        broker.allow("operator", grants);
        Map<String, String> onePartition = Map.of("topic.partitions", "1");
        Coverage coverage = new Coverage();
        try (Application shop = new Application("forgotten", broker.bootstrapServers(), folder, onePartition);
                Pipeline ignored = start(weir, shop, coverage);
                Forgetting forgetting = new Forgetting(config)) {
            shop.publish(Events.ofShop(47, START, 10, 100));
            await().atMost(LONG).until(() -> coverage.processed() == 100);
            assertThat(forgetting.forget("ann", LONG)).isOne();
        }
        assertThat(unneeded("User:operator", grants))
                .as("allowed and not needed")
                .isEmpty();
        assertThat(RecordingAuthorizer.refused("User:operator")).isEmpty();
        assertThat(RecordingAuthorizer.refused("User:weir")).isEmpty();
    }

    @Test
    void sendingRefusedRecordsBackIsAllowedWhatItNeedsAndNoMore() throws Exception {
        WeirConfig weir = config("retried", Map.of("topic.partitions", "1"));
        broker.allow("weir", Grants.of(Grants.Task.RUN, weir, false));
        WeirConfig config = WeirConfig.of(with(broker.login("operator"), Application.settings("retried")));
        List<Grant> grants = Grants.of(Grants.Task.RETRY, config, false);
        broker.allow("operator", grants);
        Map<String, String> onePartition = Map.of("topic.partitions", "1");
        try (Application shop = new Application("retried", broker.bootstrapServers(), folder, onePartition);
                Pipeline ignored = start(weir, shop, new Coverage())) {
            shop.publish(Events.ofShop(45, START, 10, 100));
            publishWhatIsRefused(shop);
            for (RefusedKind kind : RefusedKind.values()) {
                await().atMost(LONG)
                        .untilAsserted(
                                () -> assertThat(shop.read(kind.topic(config))).isNotEmpty());
                try (RefusedTopic topic = new RefusedTopic(config, kind)) {
                    assertThat(new Retry(topic, null).run().count(Retried.Fate.SENT))
                            .isEqualTo(1);
                }
            }
        }
        assertThat(unneeded("User:operator", grants))
                .as("allowed and not needed")
                .isEmpty();
        assertThat(RecordingAuthorizer.refused("User:operator")).isEmpty();
    }

    @Test
    void lookingAtRefusedRecordsIsAllowedToReadAndNoMore() throws Exception {
        WeirConfig config = WeirConfig.of(with(broker.login("operator"), Application.settings("looked")));
        List<Grant> grants = Grants.of(Grants.Task.LOOK, config, false);
        assertThat(grants).extracting(Grant::operation).containsOnly(AclOperation.READ);
        try (Application shop = new Application("looked", broker.bootstrapServers(), folder, Map.of());
                Producer<byte[], byte[]> producer = EventSink.producer(shop.config())) {
            for (RefusedKind kind : RefusedKind.values()) {
                ProducerRecord<byte[], byte[]> refused =
                        new ProducerRecord<>(kind.topic(config), new byte[] {1}, new byte[] {2});
                Map.of(
                                Names.REASON_HEADER, "late",
                                Names.TOPIC_HEADER, config.topic(EventType.CLICK),
                                Names.PARTITION_HEADER, "0",
                                Names.OFFSET_HEADER, "0")
                        .forEach((name, value) -> refused.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(refused).get();
                // By one who may; it makes the topic of the retries.
                try (RefusedTopic topic = new RefusedTopic(shop.config(), kind)) {
                    assertThat(new Retry(topic, null).run().count(Retried.Fate.SENT))
                            .isOne();
                }
            }
            broker.allow("operator", grants);
            for (RefusedKind kind : RefusedKind.values()) {
                try (RefusedTopic topic = new RefusedTopic(config, kind)) {
                    assertThat(RefusedCounts.of(topic).all()).hasSize(1);
                    assertThat(new Shown(null, null, 0, 20, false).each(topic, each -> {}))
                            .isOne();
                }
            }
        }
        assertThat(unneeded("User:operator", grants))
                .as("allowed and not needed")
                .isEmpty();
        assertThat(RecordingAuthorizer.refused("User:operator")).isEmpty();
    }

    @Test
    void aResetIsAllowedWhatItNeedsAndNoMore() throws Exception {
        WeirConfig weir = config("gone", Map.of("topic.partitions", "1"));
        broker.allow("weir", Grants.of(Grants.Task.RUN, weir, false));
        Map<String, String> settings = with(broker.login("operator"), Application.settings("gone"));
        settings.put("state.dir", folder.resolve("none").toString());
        WeirConfig config = WeirConfig.of(settings);
        List<Grant> grants = Grants.of(Grants.Task.RESET, config, false);
        broker.allow("operator", grants);
        Map<String, String> onePartition = Map.of("topic.partitions", "1");
        try (Application shop = new Application("gone", broker.bootstrapServers(), folder, onePartition);
                Admin admin = Admin.create(ClientSettings.admin(config))) {
            shop.publish(Events.ofShop(44, START, 10, 100));
            Coverage coverage = new Coverage();
            try (Pipeline ignored = start(weir, shop, coverage)) {
                await().atMost(LONG).until(() -> coverage.processed() == 100);
            }
            Reset reset = new Reset(config, admin);
            reset.execute(reset.plan(true));
            assertThat(reset.plan(false).isEmpty()).isTrue();
        }
        assertThat(unneeded("User:operator", grants))
                .as("allowed and not needed")
                .isEmpty();
        assertThat(RecordingAuthorizer.refused("User:operator")).isEmpty();
    }

    private WeirConfig config(String application, Map<String, String> more) {
        Map<String, String> settings = with(broker.login("weir"), Application.settings(application));
        settings.put("state.dir", folder.resolve("state-" + application).toString());
        settings.put("kafka.commit.interval.ms", "200");
        settings.put("kafka.repartition.purge.interval.ms", "200");
        settings.putAll(more);
        return WeirConfig.of(settings);
    }

    private static Map<String, String> with(Map<String, String> login, Map<String, String> application) {
        Map<String, String> settings = new HashMap<>(application);
        settings.putAll(login);
        return settings;
    }

    private static Pipeline start(WeirConfig config, Application shop, Coverage coverage) throws Exception {
        return Pipeline.start(config, shop.registry().registry(), coverage);
    }

    /** A record that cannot be read, and an event that comes years too late. */
    private static void publishWhatIsRefused(Application shop) throws Exception {
        EventRow late = EventRow.visit(
                "late",
                Events.ofShop(41, START, 10, 1).get(0).visitorId(),
                "mug",
                null,
                null,
                null,
                START.minus(Duration.ofDays(400)).toEpochMilli());
        shop.publish(List.of(late));
        try (Producer<byte[], byte[]> producer = EventSink.producer(shop.config())) {
            producer.send(new ProducerRecord<>(
                            shop.config().topic(Events.typeOf(late)), new byte[] {1}, new byte[] {2}))
                    .get();
        }
    }

    private static String oracle(List<EventRow> events) throws Exception {
        Acceptance judged = Acceptance.ofAll(events, OracleSettings.DEFAULT);
        return BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT));
    }

    /**
     * Those without which all that was done would have been allowed, too. What is not audited does not count: whoever
     * describes a topic has the broker look through all operations on it.
     */
    private static List<Grant> unneeded(String principal, List<Grant> grants) {
        List<RecordingAuthorizer.Asked> asked = RecordingAuthorizer.asked(principal).stream()
                .filter(one -> one.allowed() && one.audited())
                .toList();
        return grants.stream()
                .filter(grant -> {
                    List<Grant> others = grants.stream()
                            .filter(other -> !other.equals(grant))
                            .toList();
                    return asked.stream().allMatch(one -> others.stream().anyMatch(other -> allows(other, one)));
                })
                .toList();
    }

    private static boolean isRefused(Grant missing) {
        return RecordingAuthorizer.refused("User:weir").stream().anyMatch(asked -> allows(missing, asked));
    }

    /** As Kafka reads it. */
    private static boolean allows(Grant grant, RecordingAuthorizer.Asked asked) {
        ResourcePattern resource = grant.resource();
        boolean same = resource.resourceType() == asked.resource().resourceType();
        boolean named = asked.resource().name().equals("*")
                || (resource.patternType() == PatternType.PREFIXED
                        ? asked.resource().name().startsWith(resource.name())
                        : asked.resource().name().equals(resource.name()));
        boolean operation = grant.operation() == asked.operation()
                || asked.operation() == AclOperation.DESCRIBE && IMPLY_DESCRIBE.contains(grant.operation());
        return same && named && operation;
    }

    private static String name(Grant grant) {
        return grant.operation() + " " + grant.resource().name();
    }
}
