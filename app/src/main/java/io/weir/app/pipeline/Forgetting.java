package io.weir.app.pipeline;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.serde.VisitorNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Has a running pipeline forget a visitor. Every partition is asked, so it does not matter which partitioner the shop's
 * producers use; the visitor is named as the stores do it, by the pseudonyms of both keys.
 */
public final class Forgetting implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 100;

    private final WeirConfig config;
    private final Admin admin;

    public Forgetting(WeirConfig config) {
        this.config = config;
        this.admin = Admin.create(Pipeline.adminSettings(config));
    }

    /**
     * Asks, waits until all partitions have committed, and deletes what was asked.
     *
     * @return how many partitions did it; 0 if not all of them did so in time, in which case they still will
     * @throws StartException if it cannot be asked
     */
    public int forget(String visitorId, Duration within) throws InterruptedException {
        try {
            long untilNs = System.nanoTime() + within.toNanos();
            Map<TopicPartition, Long> asked = ask(names(visitorId));
            while (!areCommitted(asked)) {
                if (System.nanoTime() > untilNs) {
                    return 0;
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
            delete(asked);
            return asked.size();
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private void delete(Map<TopicPartition, Long> asked) throws InterruptedException {
        Map<TopicPartition, RecordsToDelete> done = new HashMap<>();
        asked.forEach((partition, end) -> done.put(partition, RecordsToDelete.beforeOffset(end)));
        try {
            admin.deleteRecords(done).all().get();
        } catch (ExecutionException e) {
            throw new StartException(
                    "the visitor is forgotten, but the request could not be deleted from " + config.forgetTopic() + " ("
                            + e.getMessage() + "). Allow it, or wait: it goes after " + ConfigKeys.FORGET_RETENTION,
                    e);
        }
    }

    private List<byte[]> names(String visitorId) {
        VisitorNames names = VisitorKeys.names(config).get();
        byte[] id = visitorId.getBytes(StandardCharsets.UTF_8);
        List<byte[]> all = new ArrayList<>();
        all.add(names.name(id).getBytes(StandardCharsets.UTF_8));
        String before = names.nameBefore(id);
        if (before != null) {
            all.add(before.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /** The offsets behind what was asked. */
    private Map<TopicPartition, Long> ask(List<byte[]> names) throws InterruptedException, ExecutionException {
        String topic = config.forgetTopic();
        Map<String, TopicDescription> found =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        int partitions = found.values().iterator().next().partitions().size();
        Map<TopicPartition, Long> asked = new HashMap<>();
        try (Producer<byte[], byte[]> producer = EventSink.producer(config)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (byte[] name : names) {
                for (int partition = 0; partition < partitions; partition++) {
                    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, name)));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                RecordMetadata at = each.get();
                asked.merge(new TopicPartition(topic, at.partition()), at.offset() + 1, Math::max);
            }
        }
        return asked;
    }

    private boolean areCommitted(Map<TopicPartition, Long> asked) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(config.text("application.id"))
                .partitionsToOffsetAndMetadata()
                .get();
        return asked.entrySet().stream().allMatch(each -> {
            OffsetAndMetadata at = committed.get(each.getKey());
            return at != null && at.offset() >= each.getValue();
        });
    }

    private StartException failed(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new StartException(
                    "there is no topic " + config.forgetTopic()
                            + "; a pipeline makes it when it starts. Has one run at "
                            + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + "?",
                    e);
        }
        return new StartException(
                "Kafka at " + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + " could not be asked: " + cause.getMessage(),
                e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
