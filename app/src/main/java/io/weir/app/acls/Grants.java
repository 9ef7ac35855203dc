package io.weir.app.acls;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.TopicPolicy;
import io.weir.app.pipeline.Topics;
import io.weir.app.pipeline.TopologyTopics;
import io.weir.app.refused.RefusedKind;
import io.weir.app.refused.Retry;
import io.weir.domain.EventType;
import io.weir.topology.Names;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/** What Weir has to be allowed on Kafka, and no more: from the topology and the settings. */
public final class Grants {
    /** Who is to be allowed it. */
    public enum Task {
        /** {@code ./weir run}. */
        RUN,
        /** A producer of events: {@code ./weir replay} and {@code generate --live}. */
        PUBLISH,
        /** {@code ./weir reset}. */
        RESET,
        /** {@code ./weir forget}. */
        FORGET,
        /** {@code list} and {@code show} of {@code ./weir dead-letters} and {@code ./weir late-events}. */
        LOOK,
        /** Their {@code retry}, and all that {@link #LOOK} allows. */
        RETRY
    }

    private final WeirConfig config;
    private final TopologyTopics topics;
    private final boolean topicsExist;
    private final List<Grant> grants = new ArrayList<>();

    private Grants(WeirConfig config, boolean topicsExist) {
        this.config = config;
        this.topics = TopologyTopics.of(config);
        this.topicsExist = topicsExist;
    }

    /**
     * The list for a task.
     *
     * @param topicsExist somebody else makes the inputs and outputs; those within Kafka Streams are its own in any case
     */
    public static List<Grant> of(Task task, WeirConfig config, boolean topicsExist) {
        Grants grants = new Grants(config, topicsExist);
        switch (task) {
            case RUN -> grants.run();
            case PUBLISH -> grants.publish();
            case RESET -> grants.reset();
            case FORGET -> grants.forget();
            case LOOK -> grants.look();
            case RETRY -> grants.retry();
        }
        return List.copyOf(grants.grants);
    }

    private void run() {
        topics.inputs().forEach(topic -> onTopic(topic, AclOperation.READ, "reads what comes in"));
        topics.outputs().forEach(topic -> onTopic(topic, AclOperation.WRITE, "writes results"));
        prepare();
        String application = config.applicationId();
        for (String topic : topics.repartitions()) {
            onTopic(topic, AclOperation.CREATE, "makes it at the first start");
            onTopic(topic, AclOperation.WRITE, "sends what changed to the totals");
            onTopic(topic, AclOperation.READ, "adds it up");
            onTopic(topic, AclOperation.DELETE, "deletes records that were read; it would grow for ever");
        }
        for (String topic : topics.changelogs()) {
            onTopic(topic, AclOperation.CREATE, "makes it at the first start");
            onTopic(topic, AclOperation.WRITE, "keeps its state");
            onTopic(topic, AclOperation.READ, "restores its state");
        }
        grants.add(Grant.group(application, AclOperation.READ, "shares the work, commits offsets"));
        if (config.text("processing.guarantee").equals("exactly_once_v2")) {
            grants.add(Grant.transactionalIds(
                    application + "-", AclOperation.WRITE, "exactly-once: a transactional id for each thread"));
        }
    }

    private void publish() {
        List<String> events = List.copyOf(EventSink.topics(config).values());
        events.forEach(topic -> onTopic(topic, AclOperation.WRITE, "publishes events"));
        Topics.all(config).stream()
                .filter(topic -> !events.contains(topic))
                .forEach(topic -> onTopic(topic, AclOperation.DESCRIBE, "looks whether all topics are there"));
        prepare();
    }

    /** What {@link Topics#prepare} does before anything else. */
    private void prepare() {
        Topics.kept(config)
                .forEach(topic -> onTopic(topic, AclOperation.DESCRIBE_CONFIGS, "asks how large a record may be kept"));
        if (!topicsExist) {
            Topics.all(config).forEach(topic -> onTopic(topic, AclOperation.CREATE, "makes it if it is missing"));
        }
    }

    private void forget() {
        String topic = config.forgetTopic();
        onTopic(topic, AclOperation.WRITE, "asks for a visitor to be forgotten");
        onTopic(topic, AclOperation.DELETE, "deletes what it has asked when it is done");
        onTopic(
                TopicPolicy.changelog(config, Names.PARTITION_PROGRESS_STORE),
                AclOperation.READ,
                "looks by which keys visitors are named");
        grants.add(Grant.group(config.applicationId(), AclOperation.DESCRIBE, "looks whether it is done"));
    }

    private void look() {
        for (RefusedKind kind : RefusedKind.values()) {
            onTopic(kind.topic(config), AclOperation.READ, "reads what was refused");
        }
        onTopic(config.retriesTopic(), AclOperation.READ, "looks what was sent back before");
    }

    private void retry() {
        look();
        for (RefusedKind kind : RefusedKind.values()) {
            grants.add(Grant.transactionalIds(
                    Retry.transactionalId(kind, config), AclOperation.WRITE, "sends each record back once"));
        }
        for (EventType input : EventType.values()) {
            onTopic(config.topic(input), AclOperation.WRITE, "sends them back to where they came from");
        }
        if (!topicsExist) {
            onTopic(config.retriesTopic(), AclOperation.CREATE, "makes it at the first retry");
        }
        onTopic(config.retriesTopic(), AclOperation.WRITE, "remembers what was sent back");
    }

    private void reset() {
        topics.internal().forEach(topic -> onTopic(topic, AclOperation.DELETE, "deletes the state"));
        topics.outputs().forEach(topic -> onTopic(topic, AclOperation.DELETE, "with --outputs: empties the results"));
        grants.add(
                Grant.group(config.applicationId(), AclOperation.DELETE, "deletes the offsets; looks who is active"));
    }

    private void onTopic(String topic, AclOperation operation, String reason) {
        grants.add(Grant.topic(topic, operation, reason));
    }
}
