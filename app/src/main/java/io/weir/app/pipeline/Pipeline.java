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
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
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

    private final Admin admin;
    private final EndOffsets ends;
    private final KafkaStreams streams;
    private final StateAge age;
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
        Properties settings = ClientSettings.streams(config);
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
        this.age = new StateAge(streams, config);
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
        Admin admin = Admin.create(ClientSettings.admin(config));
        try {
            Pipeline pipeline = new Pipeline(config, registry, listener, advertised, admin);
            try {
                pipeline.start();
                return pipeline;
            } catch (ProcessorStateException e) {
                pipeline.forgetState(e);
            }
            pipeline = new Pipeline(config, registry, listener, advertised, admin);
            pipeline.start();
            return pipeline;
        } catch (Throwable e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private void start() {
        streams.start();
        age.start();
    }

    /** Deletes state that cannot be read; all of it is in the changelogs. */
    private void forgetState(ProcessorStateException unreadable) {
        LOG.warn("the state cannot be read and is made anew from the changelogs: {}", unreadable.getMessage());
        ends.close();
        age.close();
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
        age.close();
        boolean stopped = streams.close(
                new KafkaStreams.CloseOptions().timeout(STREAMS_STOP_WITHIN).leaveGroup(true));
        admin.close(ADMIN_STOPS_WITHIN);
        return stopped;
    }
}
