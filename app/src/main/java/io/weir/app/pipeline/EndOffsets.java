package io.weir.app.pipeline;

import io.weir.topology.InputProbe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker once a second from where on and how far the inputs reach, in a thread of its own. */
public final class EndOffsets implements InputProbe, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);
    private static final long INTERVAL_MS = 1_000;

    /** An answer older than this says nothing about now. */
    private static final long FRESH_MS = 5_000;

    private final Admin admin;
    private final List<String> topics;
    private final int partitions;
    private final ScheduledExecutorService thread;
    private final Map<TopicPartition, Long> starts = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Map<Integer, Long> movedAtMs = new ConcurrentHashMap<>();
    private volatile long answeredAtMs = 0;

    /** Begins to ask; {@link #close} ends it. The admin client stays open. */
    public EndOffsets(Admin admin, List<String> topics, int partitions) {
        this.admin = admin;
        this.topics = List.copyOf(topics);
        this.partitions = partitions;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "weir-end-offsets");
            created.setDaemon(true);
            return created;
        });
        thread.scheduleWithFixedDelay(this::ask, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public long quietSinceMs(int partition) {
        boolean fresh = System.currentTimeMillis() - answeredAtMs <= FRESH_MS;
        return fresh ? movedAtMs.getOrDefault(partition, UNKNOWN) : UNKNOWN;
    }

    @Override
    public long start(String topic, int partition) {
        return starts.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    @Override
    public long end(String topic, int partition) {
        return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    @Override
    public long endNow(String topic, int partition) {
        TopicPartition input = new TopicPartition(topic, partition);
        try {
            return admin.listOffsets(Map.of(input, OffsetSpec.latest()))
                    .partitionResult(input)
                    .get()
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker was asked where " + input + " ends", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say where " + input + " ends", e);
        }
    }

    /** The same as {@link #waiting}; empty before the first answer. */
    public OptionalLong knownWaiting(String topic, int partition, long nextOffset) {
        return ends.containsKey(new TopicPartition(topic, partition))
                ? OptionalLong.of(waiting(topic, partition, nextOffset))
                : OptionalLong.empty();
    }

    private void ask() {
        try {
            long askedAtMs = System.currentTimeMillis();
            KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ofStarts = ask(OffsetSpec.earliest());
            Map<TopicPartition, ListOffsetsResultInfo> answer =
                    ask(OffsetSpec.latest()).get(FRESH_MS, TimeUnit.MILLISECONDS);
            // Before the ends: a partition whose end is known must not seem to hold more than it does.
            ofStarts.get(FRESH_MS, TimeUnit.MILLISECONDS).forEach((input, start) -> starts.put(input, start.offset()));
            // After a gap nobody knows when the offsets moved: the quiet begins anew.
            boolean gap = askedAtMs - answeredAtMs > FRESH_MS;
            answer.forEach((input, end) -> note(input, end.offset(), askedAtMs, gap));
            answeredAtMs = askedAtMs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("the end offsets of the inputs are not known: {}", e.toString());
        }
    }

    private KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ask(OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                question.put(new TopicPartition(topic, partition), which);
            }
        }
        return admin.listOffsets(question).all();
    }

    private void note(TopicPartition input, long end, long askedAtMs, boolean gap) {
        Long before = ends.put(input, end);
        if (gap || before == null || before != end) {
            movedAtMs.put(input.partition(), askedAtMs);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
