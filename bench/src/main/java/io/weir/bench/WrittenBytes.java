package io.weir.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * How many bytes an engine has the broker write: by how much every log but the inputs grows, changelogs, repartition
 * topics, results, offsets and transactions together. Looked at once a second, so that what Kafka compacts or deletes
 * meanwhile counts as written.
 */
final class WrittenBytes implements AutoCloseable {
    private final Arena arena;
    private final ScheduledExecutorService thread;
    private Map<TopicPartition, Long> last;
    private long written = 0;

    WrittenBytes(Arena arena) throws InterruptedException {
        this.arena = arena;
        this.last = arena.logSizes();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "bench-log-sizes");
            created.setDaemon(true);
            return created;
        });
        thread.scheduleWithFixedDelay(this::lookQuietly, 1, 1, TimeUnit.SECONDS);
    }

    private void lookQuietly() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BenchException e) {
            // A topic that is just being made or deleted; the next look sees it.
        }
    }

    private synchronized void look() throws InterruptedException {
        Map<TopicPartition, Long> now = arena.logSizes();
        now.forEach((log, bytes) -> {
            if (!Arena.isInput(log.topic())) {
                written += Math.max(0, bytes - last.getOrDefault(log, 0L));
            }
        });
        last = new HashMap<>(now);
    }

    /** Bytes written up to now. */
    synchronized long now() throws InterruptedException {
        look();
        return written;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
