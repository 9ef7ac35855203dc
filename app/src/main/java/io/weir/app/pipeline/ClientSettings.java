package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** The settings of Kafka's clients: what the user sets as {@code kafka.*}, and Weir's own where nothing is set. */
public final class ClientSettings {
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final long COMMIT_INTERVAL_MS = 1_000;
    private static final int MOST_SENT_BYTES = TopicPolicy.MAX_MESSAGE_BYTES;
    private static final int BATCH_BYTES = 64 << 10;

    /** Level of Zstandard. */
    private static final int FASTEST = 1;

    /**
     * A poll hands over all that has been fetched. If it kept some back, a stream task would take the rest of its inputs
     * for caught up, read on, and find what comes with the next poll late.
     */
    private static final int ALL_FETCHED = Integer.MAX_VALUE;

    /** Of a partition at a time, compressed. All of it is on the heap as records, where less costs less collecting. */
    private static final int FETCHED_BYTES = 256 << 10;

    /**
     * For so long a coordinator of the group waits for members that do not come any more, where it has lost their session
     * timeouts in a restart of its own. Longer than a call of the producer can block, a minute.
     */
    private static final int LONGEST_BETWEEN_POLLS_MS = 90_000;

    private static final Map<String, Object> PRODUCER = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
            ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, FASTEST,
            ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_SENT_BYTES);

    private static final Map<String, Object> CONSUMER = Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ALL_FETCHED,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES,
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LONGEST_BETWEEN_POLLS_MS);

    private ClientSettings() {}

    /** Those of an admin client; one that cannot reach the cluster says so within half a minute. */
    public static Map<String, Object> admin(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        return settings;
    }

    /** How often a stream thread commits. Kafka itself refuses what is no number. */
    public static long commitIntervalMs(WeirConfig config) {
        String set = config.kafka().getOrDefault(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "");
        return set.matches("\\d{1,18}") ? Long.parseLong(set) : COMMIT_INTERVAL_MS;
    }

    static Properties streams(WeirConfig config) {
        Map<String, String> set = config.kafka();
        Properties settings = new Properties();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG, StateAge.mostMs(config));
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.number("topic.replication.factor"));
        settings.putAll(ofClient(StreamsConfig.PRODUCER_PREFIX, PRODUCER, set));
        settings.putAll(ofClient(StreamsConfig.CONSUMER_PREFIX, CONSUMER, set));
        TopicPolicy.compaction(config).forEach((name, value) -> settings.put(StreamsConfig.topicPrefix(name), value));
        settings.putAll(set);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.text("processing.guarantee"));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.number("stream.threads"));
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return settings;
    }

    /** Weir's own, but for those that are set without the prefix: with it they would win over what is set. */
    private static Map<String, Object> ofClient(String prefix, Map<String, Object> own, Map<String, String> set) {
        Map<String, Object> settings = new HashMap<>();
        own.forEach((name, value) -> {
            if (!set.containsKey(name)) {
                settings.put(prefix + name, value);
            }
        });
        return settings;
    }
}
