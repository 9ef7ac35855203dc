package io.weir.app.alerts;

import io.weir.app.figures.LiveFigures;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a {@link Watch} look at one instance's figures every second, in a thread of its own. */
public final class Lookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final long EVERY_MS = 1_000;

    private final InstantSource clock;
    private final Watch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "weir-lookout");
        created.setDaemon(true);
        return created;
    });

    public Lookout(LiveFigures figures, InstantSource clock) {
        this.clock = clock;
        this.watch = new Watch(new LiveWatchedFigures(figures), clock.millis());
    }

    /** Begins to look. */
    public void start() {
        thread.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** A task that throws is not run again, so a fault must not pass: the next look may find better figures. */
    private void look() {
        try {
            watch.look(clock.millis());
        } catch (RuntimeException e) {
            LOG.error("the alerts cannot be evaluated: {}", e.toString(), e);
        }
    }

    /** What is wrong now, as far as this instance's own keys and partitions tell; the worst first. */
    public List<Alert> alerts() {
        return watch.alerts();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
