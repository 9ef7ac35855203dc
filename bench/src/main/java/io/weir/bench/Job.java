package io.weir.bench;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Codec;
import io.weir.domain.EventType;
import io.weir.domain.Rules;
import io.weir.domain.Windowing;
import io.weir.oracle.OracleSettings;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What an engine is to do in one round. All events are published before it begins: of each partition in event-time
 * order over the three topics together, and the records' timestamps are the event times.
 *
 * @param bootstrapServers the broker
 * @param registryUrl a schema registry with Confluent's API
 * @param inputTopics the topic of each input; all have {@code partitions} partitions
 * @param outputTopic exists and is empty; {@link WindowsTopic} reads it
 * @param runId unlike that of any other round; consumer group, application id and the names of further topics begin with
 *     it
 * @param events how many records the inputs hold
 * @param partitions of the inputs and the output
 * @param threads to process with
 * @param stateFolder empty, for what the engine keeps on disk; removed after the round
 * @param metricsAddress a file; an engine that serves Prometheus' metrics writes their URL there, and is scraped once a
 *     second
 * @param results where {@link Engine#results} writes
 */
public record Job(
        String bootstrapServers,
        String registryUrl,
        Map<EventType, String> inputTopics,
        String outputTopic,
        String runId,
        long events,
        int partitions,
        int threads,
        Path stateFolder,
        Path metricsAddress,
        Path results) {

    /** What the events mean; the oracle's settings and Weir's own defaults are the same. */
    public static final OracleSettings SETTINGS = OracleSettings.DEFAULT;

    /** No event of the bench is in the future. */
    public static final long LATEST_MS = Long.MAX_VALUE;

    public String topic(EventType input) {
        String topic = inputTopics.get(input);
        if (topic == null) {
            throw new IllegalStateException("the job has no topic for " + input.plural());
        }
        return topic;
    }

    public Rules rules() {
        return new Rules(
                SETTINGS.grace().toMillis(),
                SETTINGS.landingWindow().toMillis(),
                SETTINGS.attributionWindow().toMillis());
    }

    /** A new one each time: it is for one thread. */
    public Windowing windowing() {
        return new Windowing(SETTINGS.windows(), SETTINGS.zone());
    }

    /** Weir's configuration for this job; {@code ./weir run} takes the same keys. */
    public WeirConfig config() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(ConfigKeys.BOOTSTRAP_SERVERS, bootstrapServers);
        settings.put(ConfigKeys.SCHEMA_REGISTRY_URL, registryUrl);
        inputTopics.forEach((input, topic) -> settings.put("topic." + input.plural(), topic));
        settings.put("topic.windows", outputTopic);
        settings.put("topic.late.events", runId + ".late-events");
        settings.put("topic.dead.letters", runId + ".dead-letters");
        settings.put("topic.forget", runId + ".forget");
        settings.put("topic.retries", runId + ".retries");
        settings.put("topic.replication.factor", "1");
        settings.put("application.id", runId);
        settings.put("stream.threads", Integer.toString(threads));
        settings.put(ConfigKeys.STATE_DIR, stateFolder.toString());
        settings.put(ConfigKeys.HTTP_PORT, "0");
        return WeirConfig.of(settings);
    }

    /** Weir's own reader of the events, as the pipeline uses it; for one thread. */
    public EventReader eventReader() {
        return new Codec(config(), null).eventReader(VisitorNames.asTheyCome());
    }

    /** Weir's own writer of results, {@code io.weir.topology.WindowResults} as Avro; for any thread. */
    public Serializer<SpecificRecord> resultSerializer() {
        return new Codec(config(), null).serializer();
    }

    /** The inputs by topic. */
    public Map<String, EventType> inputs() {
        Map<String, EventType> inputs = new LinkedHashMap<>();
        new EnumMap<>(inputTopics).forEach((input, topic) -> inputs.put(topic, input));
        return inputs;
    }
}
