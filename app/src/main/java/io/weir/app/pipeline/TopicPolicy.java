package io.weir.app.pipeline;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.domain.EventType;
import io.weir.topology.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What Kafka keeps of a topic, and for how long. Each topic that Weir creates is declared here, once; the table in
 * docs/operations.md is made from it.
 *
 * @param visitors how visitors stand in it, for people
 * @param kept how long what is kept, for people
 * @param configs the topic's settings that see to it
 */
public record TopicPolicy(String topic, String visitors, String kept, Map<String, String> configs) {
    /** Holds the largest record that Weir keeps as it came. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /** Kafka deletes whole segments: so long, or a tenth of the retention, a record may outlive it. */
    private static final long MOST_SEGMENT_MS = Duration.ofDays(7).toMillis();

    private static final String IDS = "ids, as they came";
    private static final String NAMES = "pseudonyms, or ids where there is no key";
    private static final String NONE = "none";

    private static final List<String> STORES_BY_WINDOW =
            List.of(Names.PARTITION_TOTALS_STORE, Names.TOTALS_STORE, Names.COME_BACKS_STORE, Names.ROLLING_STORE);

    private static final List<String> STORES_BY_PARTITION =
            List.of(Names.PARTITION_FACTS_STORE, Names.PARTITION_PROGRESS_STORE, Names.TOTALS_PROGRESS_STORE);

    /** All topics, those of Kafka Streams included. */
    public static List<TopicPolicy> all(WeirConfig config) {
        return Stream.of(created(config), List.of(retries(config)), internal(config))
                .flatMap(List::stream)
                .toList();
    }

    /** What no pipeline needs: it is made with the first retry. */
    static TopicPolicy retries(WeirConfig config) {
        return new TopicPolicy(
                config.retriesTopic(),
                NONE,
                "the last value of each reason and partition, for good",
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    /** The topics that Weir creates itself. */
    public static List<TopicPolicy> created(WeirConfig config) {
        List<TopicPolicy> topics = new ArrayList<>();
        for (EventType input : EventType.values()) {
            topics.add(deleted(config, config.topic(input), IDS, ConfigKeys.TOPIC_RETENTION));
        }
        topics.add(deleted(config, config.windowsTopic(), NONE, ConfigKeys.TOPIC_RETENTION));
        topics.add(deleted(config, config.lateTopic(), IDS, ConfigKeys.REFUSED_RETENTION));
        topics.add(deleted(config, config.deadLetterTopic(), IDS, ConfigKeys.REFUSED_RETENTION));
        topics.add(deleted(config, config.forgetTopic(), NAMES, ConfigKeys.FORGET_RETENTION));
        return topics;
    }

    private static TopicPolicy deleted(WeirConfig config, String topic, String visitors, String retentionKey) {
        Duration retention = config.duration(retentionKey);
        return new TopicPolicy(
                topic,
                visitors,
                "records for `" + retentionKey + "`, " + text(retention),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.SEGMENT_MS_CONFIG,
                        Long.toString(Math.min(retention.toMillis() / 10, MOST_SEGMENT_MS)),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(MAX_MESSAGE_BYTES)));
    }

    /** The topics that Kafka Streams creates for Weir. */
    private static List<TopicPolicy> internal(WeirConfig config) {
        List<TopicPolicy> topics = new ArrayList<>();
        topics.add(new TopicPolicy(
                publications(config),
                NONE,
                "records until they have been read and committed; Kafka Streams deletes them every half minute",
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1")));
        topics.add(changelog(
                config,
                Names.JOURNEYS_STORE,
                NAMES,
                "the last journey of each visitor until it has aged or is forgotten"));
        topics.add(changelog(
                config,
                Names.CREDITS_STORE,
                NONE,
                "the last credit of each payment for `credit.retention`, by event time"));
        for (String store : STORES_BY_WINDOW) {
            topics.add(changelog(config, store, NONE, "the last value of each row until its window is dropped"));
        }
        for (String store : STORES_BY_PARTITION) {
            topics.add(changelog(config, store, NONE, "one value of each partition, for good"));
        }
        return topics;
    }

    private static TopicPolicy changelog(WeirConfig config, String store, String visitors, String kept) {
        Map<String, String> configs = new HashMap<>(compaction(config));
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return new TopicPolicy(changelog(config, store), visitors, kept, configs);
    }

    /** What the changelog of this store is called. */
    public static String changelog(WeirConfig config, String store) {
        return config.applicationId() + "-" + store + "-changelog";
    }

    /** What the topic between the two halves of the topology is called. */
    static String publications(WeirConfig config) {
        return config.applicationId() + "-" + Names.PUBLICATIONS + "-repartition";
    }

    /** How soon what a changelog replaces or deletes is gone from Kafka's disks. */
    static Map<String, String> compaction(WeirConfig config) {
        String lagMs = Long.toString(config.duration(ConfigKeys.COMPACTION_LAG).toMillis());
        return Map.of(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, lagMs, TopicConfig.DELETE_RETENTION_MS_CONFIG, lagMs);
    }

    private static String text(Duration duration) {
        return duration.toHours() % 24 == 0 ? duration.toDays() + " days" : duration.toString();
    }
}
