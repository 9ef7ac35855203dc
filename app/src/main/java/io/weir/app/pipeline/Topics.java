package io.weir.app.pipeline;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.domain.EventType;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that all topics are there, and that those of the inputs fit together. */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** How often topics that are said to exist are looked for. Brokers take a moment to tell of new ones. */
    private static final int LOOKS = 5;

    private final WeirConfig config;
    private final Admin admin;

    /**
     * What the topics are like.
     *
     * @param inputPartitions how many partitions each input has
     * @param maxKeptBytes how large a record both the late and the dead-letter topic take
     */
    public record Ready(int inputPartitions, int maxKeptBytes) {}

    public Topics(WeirConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /**
     * Creates the topics that are missing, and returns when all can be written to. Waits for the cluster for as long as
     * it takes, saying so.
     *
     * @throws StartException if the inputs do not have the same number of partitions, or topics may not be created
     */
    public Ready prepare() throws InterruptedException {
        int looks = 0;
        while (true) {
            try {
                Map<String, TopicDescription> found = describe();
                if (create(found)) {
                    found = describe();
                }
                if (found.size() == all(config).size()) {
                    awaitLeaders(found);
                    return new Ready(inputPartitions(found), maxKeptBytes());
                }
                if (++looks == LOOKS) {
                    throw hidden(found.keySet());
                }
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (!(cause instanceof RetriableException)) {
                    throw new StartException("the topics cannot be prepared: " + cause.getMessage() + cure(cause), e);
                }
                LOG.warn(
                        "Kafka at {} cannot be reached ({}); trying again. Is it running, and is {} right?",
                        config.text(ConfigKeys.BOOTSTRAP_SERVERS),
                        cause.getMessage(),
                        ConfigKeys.BOOTSTRAP_SERVERS);
            }
            Thread.sleep(RETRY_AFTER.toMillis());
        }
    }

    private static String cure(Throwable cause) {
        return cause instanceof AuthorizationException ? " ./weir acls prints what has to be allowed." : "";
    }

    private StartException hidden(Set<String> found) {
        List<String> hidden =
                all(config).stream().filter(topic -> !found.contains(topic)).toList();
        return new StartException("the topics " + hidden + " exist, but Weir is not allowed to see them; "
                + "./weir acls prints what has to be allowed");
    }

    private static List<String> inputs(WeirConfig config) {
        return List.of(EventType.values()).stream().map(config::topic).toList();
    }

    /** The topics that keep records as they came. */
    public static List<String> kept(WeirConfig config) {
        return List.of(config.lateTopic(), config.deadLetterTopic());
    }

    /** The topics that Weir makes. */
    public static List<String> all(WeirConfig config) {
        return TopicPolicy.created(config).stream().map(TopicPolicy::topic).toList();
    }

    private Map<String, TopicDescription> describe() throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        List<String> ours = all(config).stream().filter(existing::contains).toList();
        return new LinkedHashMap<>(admin.describeTopics(ours).allTopicNames().get());
    }

    private boolean create(Map<String, TopicDescription> existing) throws InterruptedException, ExecutionException {
        int partitions = partitionsToCreate(existing);
        List<NewTopic> missing = TopicPolicy.created(config).stream()
                .filter(policy -> !existing.containsKey(policy.topic()))
                .map(policy -> newTopic(policy, partitions))
                .toList();
        if (missing.isEmpty()) {
            return false;
        }
        try {
            admin.createTopics(missing).all().get();
            LOG.info(
                    "created the topics {}",
                    missing.stream().map(NewTopic::name).toList());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return true;
    }

    /** Creates the topic that remembers retries, unless somebody else just did. */
    public void createRetries() throws InterruptedException {
        TopicPolicy policy = TopicPolicy.retries(config);
        try {
            admin.createTopics(List.of(newTopic(policy, 1))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new StartException(
                        "the topic " + policy.topic() + " cannot be created: "
                                + (e.getCause() == null ? e : e.getCause()).getMessage(),
                        e);
            }
        }
    }

    /**
     * Waits until the leader of every partition answers. Brokers tell of a new topic before they have its logs; of the
     * batches that an idempotent producer has in flight then, the first may be refused and the second taken, and the
     * first is out of order for good.
     */
    private void awaitLeaders(Map<String, TopicDescription> topics) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(partition ->
                        question.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        admin.listOffsets(question).all().get();
    }

    /** As many as an input that is there already has: the inputs must fit together. */
    private int partitionsToCreate(Map<String, TopicDescription> existing) {
        for (String input : inputs(config)) {
            TopicDescription description = existing.get(input);
            if (description != null) {
                return description.partitions().size();
            }
        }
        return config.number("topic.partitions");
    }

    private NewTopic newTopic(TopicPolicy policy, int partitions) {
        int replicas = config.number("topic.replication.factor");
        return new NewTopic(
                        policy.topic(),
                        Optional.of(partitions),
                        replicas < 0 ? Optional.empty() : Optional.of((short) replicas))
                .configs(policy.configs());
    }

    private int maxKeptBytes() throws InterruptedException, ExecutionException {
        int least = TopicPolicy.MAX_MESSAGE_BYTES;
        List<ConfigResource> kept = kept(config).stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        for (Config found : admin.describeConfigs(kept).all().get().values()) {
            ConfigEntry bytes = found.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            if (bytes != null && bytes.value() != null) {
                least = Math.min(least, Integer.parseInt(bytes.value()));
            }
        }
        return least;
    }

    private int inputPartitions(Map<String, TopicDescription> found) {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        Stream.concat(inputs(config).stream(), Stream.of(config.forgetTopic())).forEach(topic -> {
            TopicDescription description = found.get(topic);
            partitions.put(
                    topic, description == null ? 0 : description.partitions().size());
        });
        if (Set.copyOf(partitions.values()).size() > 1) {
            throw new StartException("the inputs must have the same number of partitions, so that a visitor's events"
                    + " meet, and so must " + config.forgetTopic() + "; found " + partitions
                    + ". Create the topics anew with equal numbers.");
        }
        return partitions.values().iterator().next();
    }
}
