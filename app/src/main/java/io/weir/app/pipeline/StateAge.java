package io.weir.app.pipeline;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks the state that an instance keeps up to date, every ten seconds, by the time of modification of each task's folder.
 *
 * <p>Kafka drops the marks of deletions from a changelog some time after it has compacted it. Older state would be brought
 * up to date but for them: forgotten visitors and dropped rows would be there again. So at the start Kafka Streams deletes
 * the folders that were modified {@link #mostMs longer ago}, and restores them whole. Left alone, it would do so by when a
 * folder was made, since it writes into folders below only.
 */
final class StateAge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateAge.class);
    private static final long EVERY_S = 10;

    private final KafkaStreams streams;
    private final Path folder;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "weir-state-age");
        created.setDaemon(true);
        return created;
    });

    /** Of an application that keeps its state as configured; {@link #start} begins to mark it. */
    StateAge(KafkaStreams streams, WeirConfig config) {
        this.streams = streams;
        this.folder = StateFolders.inUse(config);
    }

    /** How old state may be at a start: a quarter of what Kafka waits is left for reading the changelogs. */
    static long mostMs(WeirConfig config) {
        return config.duration(ConfigKeys.COMPACTION_LAG).toMillis() / 4 * 3;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::mark, EVERY_S, EVERY_S, TimeUnit.SECONDS);
    }

    /** Marks what is whole now: while it is restored, state is as old as it was. */
    void mark() {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return;
        }
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        for (ThreadMetadata each : streams.metadataForLocalThreads()) {
            Stream.concat(each.activeTasks().stream(), each.standbyTasks().stream())
                    .forEach(task -> mark(task, now));
        }
    }

    private void mark(TaskMetadata task, FileTime now) {
        try {
            Files.setLastModifiedTime(folder.resolve(task.taskId().toString()), now);
        } catch (IOException e) {
            LOG.debug("state cannot be marked as up to date, and may be restored at the next start: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
