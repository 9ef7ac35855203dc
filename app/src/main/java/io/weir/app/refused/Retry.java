package io.weir.app.refused;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.StartException;
import io.weir.domain.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused records back to where they came from: to the same topic and partition, byte for byte, with the headers
 * that were kept of those they came with.
 *
 * <p>What is sent, and that it was, is one transaction. So however a retry ends, its successor goes on where the last
 * commit was. Two at a time cannot be: the second fences the first.
 */
public final class Retry {
    private final RefusedTopic topic;
    private final WeirConfig config;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final @Nullable String reason;

    /** @param reason the only one to be sent back; null for all */
    public Retry(RefusedTopic topic, @Nullable String reason) {
        this(
                topic,
                reason,
                () -> EventSink.transactional(topic.config(), transactionalId(topic.kind(), topic.config())));
    }

    Retry(RefusedTopic topic, @Nullable String reason, Supplier<Producer<byte[], byte[]>> producers) {
        this.topic = topic;
        this.config = topic.config();
        this.producers = producers;
        this.reason = reason;
    }

    /** Under which two retries of one topic exclude each other. */
    public static String transactionalId(RefusedKind kind, WeirConfig config) {
        return kind.topic(config) + "-retry";
    }

    /** What would be sent now. */
    public Retried dryRun() throws InterruptedException {
        Retried retried = new Retried();
        RetryMemory memory = topic.memory();
        Map<String, Integer> partitions = topic.inputPartitions();
        topic.read(topic.partitions(), 0, batch -> {
            for (RefusedRecord each : batch) {
                if (isMeant(each)) {
                    retried.add(each, fate(each, memory, partitions));
                }
            }
            return true;
        });
        return retried;
    }

    /**
     * Sends what was not sent before.
     *
     * @throws StartException if it cannot go on; what it has committed until then is not sent again
     */
    public Retried run() throws InterruptedException {
        topic.prepareMemory();
        Retried retried = new Retried();
        Map<String, Integer> partitions = topic.inputPartitions();
        try (Producer<byte[], byte[]> producer = producers.get()) {
            // Ends the transaction of a predecessor that was killed, so that the memory read below is its last commit.
            producer.initTransactions();
            RetryMemory memory = topic.memory();
            topic.read(topic.partitions(), 0, batch -> {
                send(batch, memory, partitions, producer, retried);
                return true;
            });
        } catch (KafkaException e) {
            throw failed(e, retried);
        }
        return retried;
    }

    private void send(
            List<RefusedRecord> batch,
            RetryMemory memory,
            Map<String, Integer> partitions,
            Producer<byte[], byte[]> producer,
            Retried retried) {
        Map<String, Long> remembered = new HashMap<>();
        Retried inTransaction = new Retried();
        for (RefusedRecord each : batch) {
            if (isMeant(each)) {
                Retried.Fate fate = fate(each, memory, partitions);
                inTransaction.add(each, fate);
                if (fate == Retried.Fate.SENT) {
                    if (remembered.isEmpty()) {
                        producer.beginTransaction();
                    }
                    producer.send(message(each));
                    memory.sent(each, remembered);
                }
            }
        }
        if (!remembered.isEmpty()) {
            remembered.forEach((key, next) -> producer.send(RetryMemory.message(config, key, next)));
            producer.commitTransaction();
        }
        retried.add(inTransaction);
    }

    private boolean isMeant(RefusedRecord refused) {
        return reason == null || reason.equals(refused.reason());
    }

    private Retried.Fate fate(RefusedRecord refused, RetryMemory memory, Map<String, Integer> partitions) {
        RefusedRecord.Origin origin = refused.origin();
        if (origin == null || !isInput(origin.topic())) {
            return Retried.Fate.NO_ORIGIN;
        }
        if (origin.partition() < 0 || origin.partition() >= partitions.getOrDefault(origin.topic(), 0)) {
            return Retried.Fate.NO_PARTITION;
        }
        if (refused.leftOutBytes() > 0) {
            return Retried.Fate.LEFT_OUT;
        }
        return memory.wasSent(refused) ? Retried.Fate.SENT_BEFORE : Retried.Fate.SENT;
    }

    private boolean isInput(String name) {
        for (EventType input : EventType.values()) {
            if (config.topic(input).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static ProducerRecord<byte[], byte[]> message(RefusedRecord refused) {
        RefusedRecord.Origin origin = refused.origin();
        if (origin == null) {
            throw new IllegalArgumentException("it does not say where it came from");
        }
        return new ProducerRecord<>(
                origin.topic(), origin.partition(), null, refused.key(), refused.value(), refused.headers());
    }

    private StartException failed(KafkaException failure, Retried retried) {
        String so = " What was sent until then (" + retried.count(Retried.Fate.SENT)
                + ") is remembered; run it again to go on.";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof InvalidTxnStateException) {
                return new StartException(
                        "another retry of " + topic.name() + " has begun, or this one stood still for too long." + so,
                        failure);
            }
        }
        return new StartException(
                "the " + topic.kind().plural() + " could not all be sent back: " + failure.getMessage() + "." + so,
                failure);
    }
}
