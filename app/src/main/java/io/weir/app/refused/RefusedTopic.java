package io.weir.app.refused;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.StartException;
import io.weir.app.pipeline.TopicReader;
import io.weir.app.pipeline.Topics;
import io.weir.domain.EventType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topic of one kind of refused records, and what is remembered of it. */
public final class RefusedTopic implements AutoCloseable {
    private final WeirConfig config;
    private final RefusedKind kind;
    private final Admin admin;
    private final TopicDescription description;

    /** @throws StartException if it is not there or Kafka cannot be asked */
    public RefusedTopic(WeirConfig config, RefusedKind kind) throws InterruptedException {
        this.config = config;
        this.kind = kind;
        this.admin = Admin.create(ClientSettings.admin(config));
        try {
            TopicDescription found = describe(name());
            if (found == null) {
                throw new StartException("there is no topic " + name()
                        + "; a pipeline makes it when it starts. Has one run at "
                        + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + "?");
            }
            this.description = found;
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    String name() {
        return kind.topic(config);
    }

    RefusedKind kind() {
        return kind;
    }

    WeirConfig config() {
        return config;
    }

    List<TopicPartition> partitions() {
        return partitions(description);
    }

    private static List<TopicPartition> partitions(TopicDescription topic) {
        return IntStream.range(0, topic.partitions().size())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    /** How many partitions each input has now; those that are not there are left out. */
    Map<String, Integer> inputPartitions() throws InterruptedException {
        Map<String, Integer> found = new HashMap<>();
        for (EventType input : EventType.values()) {
            TopicDescription topic = describe(config.topic(input));
            if (topic != null) {
                found.put(topic.name(), topic.partitions().size());
            }
        }
        return found;
    }

    /** What was sent back so far. */
    RetryMemory memory() throws InterruptedException {
        RetryMemory memory = new RetryMemory(description.topicId());
        TopicDescription retries = describe(config.retriesTopic());
        memory.read(config, retries == null ? List.of() : partitions(retries));
        return memory;
    }

    /** Sees to it that there is a topic to remember in. */
    void prepareMemory() throws InterruptedException {
        if (describe(config.retriesTopic()) == null) {
            new Topics(config, admin).createRetries();
        }
    }

    /**
     * Reads its records.
     *
     * @param fromOffset the first offset of each partition
     */
    void read(List<TopicPartition> from, long fromOffset, Taker taker) {
        new TopicReader(config)
                .read(
                        from,
                        fromOffset,
                        batch -> taker.take(
                                batch.stream().map(RefusedRecord::new).toList()));
    }

    /** Is given what was read together; answers whether to go on. */
    interface Taker {
        boolean take(List<RefusedRecord> batch);
    }

    private @Nullable TopicDescription describe(String topic) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw new StartException(
                    "Kafka at " + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + " could not be asked: "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
