package io.weir.app.replay;

import io.weir.app.broker.EmbeddedBroker;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Codec;
import io.weir.app.pipeline.Coverage;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.Pipeline;
import io.weir.app.pipeline.StartException;
import io.weir.app.pipeline.TemporaryFolder;
import io.weir.app.pipeline.Topics;
import io.weir.app.pipeline.WindowsReader;
import io.weir.app.replay.input.RowCounts;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.topology.WindowRow;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replay with everything in one process: broker, registry, pipeline. Nothing of it is left afterwards.
 *
 * <p>At full speed the pipeline starts when all is published. It then reads its inputs in exactly the order in which they
 * were published, so an event is late only if it is so in the files. At another speed both run side by side.
 */
public final class EmbeddedReplay {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedReplay.class);
    private static final long LOOK_EVERY_MS = 50;
    private static final long UNWIND_WITHIN_S = 10;

    /** A thread that fails this often will not get through. */
    private static final long MOST_RESTARTS = 5;

    private final WeirConfig config;
    private final ReplayPlan plan;

    /**
     * What came of it.
     *
     * @param rows the last revision of every window and key
     * @param ledger what became of the published events
     * @param counts what the rows of the files were
     * @param seconds from the first row read to the last result
     */
    public record Result(Collection<WindowRow> rows, Ledger ledger, RowCounts counts, double seconds) {}

    public EmbeddedReplay(WeirConfig config, ReplayPlan plan) {
        this.config = config;
        this.plan = plan;
    }

    /**
     * Runs it to the end.
     *
     * @throws io.weir.app.replay.input.ReplayException if a file cannot be read
     * @throws StartException if the pipeline cannot run
     */
    public Result run() throws IOException, InterruptedException {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            CountDownLatch unwound = new CountDownLatch(1);
            Thread cleanUp = new Thread(cleanUp(folder, Thread.currentThread(), unwound), "weir-clean-up");
            Runtime.getRuntime().addShutdownHook(cleanUp);
            try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
                return run(folder, broker);
            } finally {
                unwound.countDown();
                forget(cleanUp);
            }
        }
    }

    /** On Ctrl-C: has the replay stop its parts, and removes what they leave behind. */
    private static Runnable cleanUp(TemporaryFolder folder, Thread replaying, CountDownLatch unwound) {
        return () -> {
            replaying.interrupt();
            try {
                unwound.await(UNWIND_WITHIN_S, TimeUnit.SECONDS);
                folder.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (UncheckedIOException e) {
                LOG.warn("{} could not be removed: {}", folder.path(), e.getMessage());
            }
        };
    }

    private static void forget(Thread shutdownHook) {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // It is running: this is the end that it is for.
        }
    }

    /** Nobody can ask this pipeline what an order was credited to, so it keeps none of that. */
    private Result run(TemporaryFolder folder, EmbeddedBroker broker) throws InterruptedException {
        WeirConfig embedded = config.with(Map.of(
                ConfigKeys.BOOTSTRAP_SERVERS,
                broker.bootstrapServers(),
                ConfigKeys.STATE_DIR,
                folder.resolve("state").toString(),
                ConfigKeys.CREDIT_RETENTION,
                "PT0S",
                "topic.replication.factor",
                "1",
                "topic.retention",
                "P36500D"));
        EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
        Coverage coverage = new Coverage();
        boolean publishFirst = plan.speed().equals(Speed.MAX);
        try (Admin admin = Admin.create(ClientSettings.admin(embedded));
                Progress progress = plan.progress(coverage::processed)) {
            int partitions = new Topics(embedded, admin).prepare().inputPartitions();
            long startedNs = System.nanoTime();
            OptionalLong spread = publishFirst
                    ? OptionalLong.empty()
                    : OptionalLong.of(config.duration("grace").toMillis() / 10);
            Replay.Published published = publishFirst ? publish(embedded, registry, spread, folder, progress) : null;
            try (Pipeline pipeline = Pipeline.start(embedded, registry, coverage)) {
                if (published == null) {
                    published = publish(embedded, registry, spread, folder, progress);
                }
                Map<EventType, long[]> ends = ends(embedded, admin, partitions);
                await(pipeline, coverage, ends, progress);
                if (!pipeline.stop()) {
                    throw new StartException("the pipeline did not commit in time: the results are not complete");
                }
                checkCommitted(embedded, admin, ends);
            }
            return result(embedded, registry, coverage, published, startedNs);
        }
    }

    /** What has been seen counts only once it is committed. */
    private static void checkCommitted(WeirConfig config, Admin admin, Map<EventType, long[]> ends)
            throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(config.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            ends.forEach((input, byPartition) -> {
                for (int partition = 0; partition < byPartition.length; partition++) {
                    OffsetAndMetadata offset = committed.get(new TopicPartition(config.topic(input), partition));
                    long reached = offset == null ? 0 : offset.offset();
                    if (reached < byPartition[partition]) {
                        throw new StartException("the pipeline's last commit failed: the results are not complete");
                    }
                }
            });
        } catch (ExecutionException e) {
            throw new StartException("the embedded broker does not say what has been committed: " + e, e);
        }
    }

    private Replay.Published publish(
            WeirConfig embedded,
            EmbeddedSchemaRegistry registry,
            OptionalLong maxSpreadMs,
            TemporaryFolder folder,
            Progress progress)
            throws InterruptedException {
        Replay replay = new Replay(plan.format(), plan.files(), plan.order(), plan.speed(), maxSpreadMs, folder.path());
        try (Producer<byte[], byte[]> producer = EventSink.producer(embedded)) {
            return replay.run(
                    producer,
                    new Codec(embedded, registry).serializer(),
                    EventSink.topics(embedded),
                    WallClock.SYSTEM,
                    progress);
        }
    }

    /** For each input, the offset behind its last record, one for each partition. */
    private static Map<EventType, long[]> ends(WeirConfig config, Admin admin, int partitions)
            throws InterruptedException {
        Map<EventType, long[]> ends = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            long[] byPartition = new long[partitions];
            for (int partition = 0; partition < partitions; partition++) {
                byPartition[partition] = end(admin, new TopicPartition(config.topic(input), partition));
            }
            ends.put(input, byPartition);
        }
        return ends;
    }

    private static long end(Admin admin, TopicPartition partition) throws InterruptedException {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            throw new StartException("the embedded broker does not say where " + partition + " ends: " + e, e);
        }
    }

    private static void await(Pipeline pipeline, Coverage coverage, Map<EventType, long[]> ends, Progress progress)
            throws InterruptedException {
        progress.awaitResults();
        while (!coverage.reaches(ends)) {
            if (pipeline.restarts() > MOST_RESTARTS) {
                throw new StartException("the pipeline failed " + pipeline.restarts() + " times; the log says why");
            }
            if (!pipeline.isLive()) {
                pipeline.awaitEnd();
                throw new StartException("the pipeline stopped before it had read everything; the log says why");
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private static Result result(
            WeirConfig config,
            EmbeddedSchemaRegistry registry,
            Coverage coverage,
            Replay.Published published,
            long startedNs) {
        Collection<WindowRow> rows = WindowsReader.readToEnd(config, registry);
        return new Result(rows, coverage.ledger(), published.counts(), (System.nanoTime() - startedNs) / 1e9);
    }
}
