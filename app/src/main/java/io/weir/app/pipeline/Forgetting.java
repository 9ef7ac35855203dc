package io.weir.app.pipeline;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.serde.VisitorNames;
import io.weir.topology.Names;
import io.weir.topology.OtherVisitorKeyException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Has a running pipeline forget a visitor. Every partition is asked, so it does not matter which partitioner the shop's
 * producers use; the visitor is named as the stores do it, by the pseudonyms of both keys. By other keys than those of
 * the pipeline nobody would be found, so it is looked by which one each partition's visitors are named: before anything
 * is asked, and once more when it is done, since the key may have changed or the first visitors come meanwhile.
 */
public final class Forgetting implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 100;

    private final WeirConfig config;
    private final VisitorNames names;
    private final Admin admin;

    private interface Condition {
        boolean isTrue() throws InterruptedException, ExecutionException;
    }

    public Forgetting(WeirConfig config) {
        this.config = config;
        this.names = VisitorKeys.names(config).get();
        this.admin = Admin.create(ClientSettings.admin(config));
    }

    /**
     * Asks, waits until all partitions have committed, and deletes what was asked.
     *
     * @return how many partitions did it; 0 if not all of them did so in time, in which case they still will
     * @throws StartException if it cannot be asked, or the visitor would not be found
     */
    public int forget(String visitorId, Duration within) throws InterruptedException {
        try {
            long untilNs = System.nanoTime() + within.toNanos();
            List<TopicPartition> topic = partitions(config.forgetTopic());
            List<TopicPartition> changelog = partitions(TopicPolicy.changelog(config, Names.PARTITION_PROGRESS_STORE));
            new NamedVisitors(config, changelog).check(names);
            Map<TopicPartition, Long> asked = ask(topic, names(visitorId));
            if (!comesTrue(() -> areCommitted(asked), untilNs)) {
                return 0;
            }
            // The offsets of a transaction can be seen before what else it has written.
            Map<TopicPartition, Long> written = ends(changelog, IsolationLevel.READ_UNCOMMITTED);
            if (!comesTrue(() -> reach(ends(changelog, IsolationLevel.READ_COMMITTED), written), untilNs)) {
                return 0;
            }
            delete(asked);
            new NamedVisitors(config, changelog).check(names);
            return asked.size();
        } catch (ExecutionException | ApiException e) {
            throw failed(e);
        } catch (OtherVisitorKeyException e) {
            throw new StartException(
                    "the visitor would not be found: " + e.getMessage() + ". Give the keys that the pipeline has: its "
                            + ConfigKeys.VISITOR_KEY + " or " + ConfigKeys.VISITOR_KEY_FILE
                            + ", and while the key changes the other one as " + ConfigKeys.VISITOR_KEY_BEFORE + " or "
                            + ConfigKeys.VISITOR_KEY_BEFORE_FILE + "; none where it has none",
                    e);
        }
    }

    private static boolean comesTrue(Condition condition, long untilNs)
            throws InterruptedException, ExecutionException {
        while (!condition.isTrue()) {
            if (System.nanoTime() > untilNs) {
                return false;
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
        return true;
    }

    private void delete(Map<TopicPartition, Long> asked) throws InterruptedException {
        Map<TopicPartition, RecordsToDelete> done = new HashMap<>();
        asked.forEach((partition, end) -> done.put(partition, RecordsToDelete.beforeOffset(end)));
        try {
            admin.deleteRecords(done).all().get();
        } catch (ExecutionException e) {
            throw new StartException(
                    "all partitions have done it, but the request could not be deleted from " + config.forgetTopic()
                            + " ("
                            + e.getMessage() + "). Allow it and ask again, or wait: it goes after "
                            + ConfigKeys.FORGET_RETENTION,
                    e);
        }
    }

    private List<byte[]> names(String visitorId) {
        byte[] id = visitorId.getBytes(StandardCharsets.UTF_8);
        List<byte[]> all = new ArrayList<>();
        all.add(names.name(id).getBytes(StandardCharsets.UTF_8));
        String before = names.nameBefore(id);
        if (before != null) {
            all.add(before.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /** @throws StartException if there is no such topic */
    private List<TopicPartition> partitions(String topic) throws InterruptedException, ExecutionException {
        try {
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            int partitions = found.values().iterator().next().partitions().size();
            return IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new StartException(
                        "there is no topic " + topic + "; a pipeline makes it when it starts. Has the pipeline "
                                + config.applicationId() + " run at "
                                + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + "?",
                        e);
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions.forEach(partition -> question.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(question, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static boolean reach(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> these) {
        return these.entrySet().stream().allMatch(each -> ends.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }

    /** The offsets behind what was asked. */
    private Map<TopicPartition, Long> ask(List<TopicPartition> partitions, List<byte[]> called)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> asked = new HashMap<>();
        try (Producer<byte[], byte[]> producer = EventSink.producer(config)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (byte[] name : called) {
                for (TopicPartition each : partitions) {
                    sent.add(producer.send(new ProducerRecord<>(each.topic(), each.partition(), null, name)));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                RecordMetadata at = each.get();
                asked.merge(new TopicPartition(at.topic(), at.partition()), at.offset() + 1, Math::max);
            }
        }
        return asked;
    }

    private boolean areCommitted(Map<TopicPartition, Long> asked) throws InterruptedException, ExecutionException {
        String group = config.applicationId();
        // Of all partitions, the broker would look whether the inputs may be seen, too.
        ListConsumerGroupOffsetsSpec question = new ListConsumerGroupOffsetsSpec().topicPartitions(asked.keySet());
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(Map.of(group, question))
                .partitionsToOffsetAndMetadata(group)
                .get();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        committed.forEach((partition, at) -> offsets.put(partition, at == null ? 0L : at.offset()));
        return reach(offsets, asked);
    }

    private StartException failed(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new StartException(
                "Kafka at " + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + " could not be asked: " + cause.getMessage()
                        + (cause instanceof AuthorizationException
                                ? " ./weir acls --for forget prints what has to be allowed."
                                : ""),
                e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
