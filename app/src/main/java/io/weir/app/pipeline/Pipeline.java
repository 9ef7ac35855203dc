package io.weir.app.pipeline;

import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.domain.EventType;
import io.weir.domain.StoredFormatException;
import io.weir.serde.VisitorNames;
import io.weir.topology.FiguresListener;
import io.weir.topology.OtherVisitorKeyException;
import io.weir.topology.PipelineSettings;
import io.weir.topology.ServedCredits;
import io.weir.topology.ServedRows;
import io.weir.topology.WeirTopology;
import io.weir.wire.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running instance of the topology. */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration STREAMS_STOP_WITHIN = Duration.ofSeconds(20);
    private static final Duration ADMIN_STOPS_WITHIN = Duration.ofSeconds(2);

    /** The longest that {@link #stop} takes, with no cluster to be reached. */
    public static final Duration STOPS_WITHIN = STREAMS_STOP_WITHIN.plus(ADMIN_STOPS_WITHIN);

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final long COMMIT_INTERVAL_MS = 1_000;

    /**
     * A poll hands over all that has been fetched. If it kept some back, a stream task would take the rest of its inputs
     * for caught up, read on, and find what comes with the next poll late.
     */
    private static final int ALL_FETCHED = Integer.MAX_VALUE;

    /** Of a partition at a time, compressed. All of it is on the heap as records, where less costs less collecting. */
    private static final int FETCHED_BYTES = 256 * 1024;

    /**
     * For so long a coordinator of the group waits for members that do not come any more, where it has lost their session
     * timeouts in a restart of its own. Longer than a call of the producer can block, a minute.
     */
    private static final int LONGEST_BETWEEN_POLLS_MS = 90_000;

    private final Admin admin;
    private final EndOffsets ends;
    private final KafkaStreams streams;
    private final int partitions;
    private final HostInfo advertised;
    private final String inputTopic;
    private final String publicationsTopic;
    private final ServedRows rows;
    private final ServedCredits credits;
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final AtomicLong restarts = new AtomicLong();
    private final Restoration restoration = new Restoration();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Pipeline(
            WeirConfig config,
            @Nullable SchemaRegistry registry,
            FiguresListener listener,
            @Nullable String advertised,
            Admin admin)
            throws InterruptedException {
        this.admin = admin;
        this.advertised = advertised == null ? HostInfo.unavailable() : HostInfo.buildFromEndpoint(advertised);
        this.inputTopic = config.topic(EventType.CLICK);
        this.publicationsTopic = TopicPolicy.publications(config);
        Topics.Ready topics = new Topics(config, admin).prepare();
        this.partitions = topics.inputPartitions();
        List<String> inputs =
                List.of(EventType.values()).stream().map(config::topic).toList();
        this.ends = new EndOffsets(admin, inputs, partitions);
        Codec codec = new Codec(config, registry);
        Properties settings = streamsSettings(config);
        if (advertised != null) {
            settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised);
        }
        PipelineSettings told = config.pipelineSettings(partitions, topics.maxKeptBytes());
        Supplier<VisitorNames> names = VisitorKeys.names(config);
        Topology topology =
                new WeirTopology(told, () -> codec.eventReader(names.get()), codec.serializer(), ends, listener).get();
        this.streams = streams(topology, settings, config);
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener(this::onState);
        streams.setGlobalStateRestoreListener(restoration);
        this.rows = new ServedRows(streams, told);
        this.credits = new ServedCredits(streams);
    }

    /** {@link #start(WeirConfig, SchemaRegistry, FiguresListener, String) Starts} one that nobody asks anything. */
    public static Pipeline start(WeirConfig config, @Nullable SchemaRegistry registry, FiguresListener listener)
            throws InterruptedException {
        return start(config, registry, listener, null);
    }

    /**
     * Prepares the topics, waiting for the cluster if need be, and starts.
     *
     * @param registry null for the one at {@code schema.registry.url}
     * @param advertised where other instances reach this one, as {@code host:port}; null if none do
     * @throws StartException if it cannot
     */
    public static Pipeline start(
            WeirConfig config, @Nullable SchemaRegistry registry, FiguresListener listener, @Nullable String advertised)
            throws InterruptedException {
        Admin admin = Admin.create(adminSettings(config));
        try {
            Pipeline pipeline = new Pipeline(config, registry, listener, advertised, admin);
            try {
                pipeline.streams.start();
                return pipeline;
            } catch (ProcessorStateException e) {
                pipeline.forgetState(e);
            }
            pipeline = new Pipeline(config, registry, listener, advertised, admin);
            pipeline.streams.start();
            return pipeline;
        } catch (Throwable e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** Deletes state that cannot be read; all of it is in the changelogs. */
    private void forgetState(ProcessorStateException unreadable) {
        LOG.warn("the state cannot be read and is made anew from the changelogs: {}", unreadable.getMessage());
        ends.close();
        streams.close();
        streams.cleanUp();
    }

    /** @throws StartException if another process uses the state directory */
    private static KafkaStreams streams(Topology topology, Properties settings, WeirConfig config) {
        try {
            return new KafkaStreams(topology, settings);
        } catch (StreamsException e) {
            throw new StartException(
                    "no state can be kept in " + config.stateDir()
                            + ": another instance may be using it (give each its own state.dir), or it cannot be"
                            + " written; Kafka Streams says: " + e.getMessage(),
                    e);
        }
    }

    /** Settings of an admin client; one that cannot reach the cluster says so within half a minute. */
    public static Map<String, Object> adminSettings(WeirConfig config) {
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

    private static Properties streamsSettings(WeirConfig config) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.number("topic.replication.factor"));
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 64 * 1024);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 16 * 1024 * 1024);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), ALL_FETCHED);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCHED_BYTES);
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), LONGEST_BETWEEN_POLLS_MS);
        TopicPolicy.compaction(config).forEach((name, value) -> settings.put(StreamsConfig.topicPrefix(name), value));
        settings.putAll(config.kafka());
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

    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSourceTopicException
                    || cause instanceof StoredFormatException
                    || cause instanceof OtherVisitorKeyException) {
                fatal.compareAndSet(null, failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        LOG.error("a stream thread failed and starts again from its last commit", failure);
        restarts.incrementAndGet();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void onState(KafkaStreams.State now, KafkaStreams.State before) {
        if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
            ended.countDown();
        }
    }

    /** True while every partition that this instance owns is restored and read. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** False once it has stopped, by {@link #close} or for good. */
    public boolean isLive() {
        return ended.getCount() > 0;
    }

    public KafkaStreams streams() {
        return streams;
    }

    /** How far the inputs reach. */
    public EndOffsets ends() {
        return ends;
    }

    /** How many partitions each input has. */
    public int partitions() {
        return partitions;
    }

    /** The rows of the windows that this instance owns. */
    public ServedRows rows() {
        return rows;
    }

    /** What the payments that this instance owns are credited to. */
    public ServedCredits credits() {
        return credits;
    }

    /** Where other instances reach this one. */
    public HostInfo advertised() {
        return advertised;
    }

    /** A topic that the journeys are read from. */
    public String inputTopic() {
        return inputTopic;
    }

    /** The topic that the totals are read from. */
    public String publicationsTopic() {
        return publicationsTopic;
    }

    /** How many times a stream thread had to start again. */
    public long restarts() {
        return restarts.get();
    }

    /** How many offsets of changelogs are still to be read into the stores. */
    public long restoreRemaining() {
        return restoration.remaining();
    }

    /**
     * Waits until it has stopped.
     *
     * @throws StartException if that was for a fault that starting again does not cure
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        Throwable failure = fatal.get();
        if (failure != null) {
            throw new StartException("the pipeline has stopped: " + reason(failure), failure);
        }
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoredFormatException) {
                return "its state was written by another version of Weir: " + cause.getMessage()
                        + ". Run that version, or start anew under another application.id";
            }
            if (cause instanceof OtherVisitorKeyException other) {
                return other.getMessage() + "; they would all be new and count twice. " + VisitorKeys.cure(other);
            }
        }
        return String.valueOf(failure.getMessage());
    }

    /** Commits, and gives the partitions back to the other instances. */
    @Override
    public void close() {
        stop();
    }

    /** The same; false if it did not stop in time, so that its last commit may be missing. */
    public boolean stop() {
        ends.close();
        boolean stopped = streams.close(
                new KafkaStreams.CloseOptions().timeout(STREAMS_STOP_WITHIN).leaveGroup(true));
        admin.close(ADMIN_STOPS_WITHIN);
        return stopped;
    }
}
