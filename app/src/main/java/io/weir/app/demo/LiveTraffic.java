package io.weir.app.demo;

import io.weir.domain.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event of a traffic to a sink when the wall clock reaches its event time, on a thread of its own.
 *
 * <p>No event is handed over before its time. After a pause (a slow sink, a machine that slept) the events that became
 * due meanwhile follow at once, but those overdue by more than {@code greatestLag} are skipped, so that an hour's sleep
 * is not an hour's events in one burst.
 */
public final class LiveTraffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTraffic.class);
    /** The longest wait between two looks at the clock: it may be set while this waits. */
    private static final long LONGEST_WAIT_MS = 20;

    private static final long CLOSE_WITHIN_MS = 5_000;

    private final Iterator<Event> traffic;
    private final Consumer<Event> sink;
    private final InstantSource clock;
    private final long greatestLagMs;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile long published = 0;
    private volatile long skipped = 0;

    /**
     * @param traffic in event-time order; its thread is this object's alone from now on
     * @param sink called on this object's thread; when it throws, the traffic ends and the reason is logged
     */
    public LiveTraffic(Iterator<Event> traffic, Consumer<Event> sink, InstantSource clock, Duration greatestLag) {
        this.traffic = traffic;
        this.sink = sink;
        this.clock = clock;
        this.greatestLagMs = greatestLag.toMillis();
        this.thread = new Thread(this::run, "live-traffic");
        this.thread.setDaemon(true);
    }

    /** Starts publishing. */
    public void start() {
        thread.start();
    }

    /** Events handed to the sink so far. */
    public long published() {
        return published;
    }

    /** Events left out so far because they were overdue by more than the greatest lag. */
    public long skipped() {
        return skipped;
    }

    /** True from {@link #start} until it was closed, the sink threw or the traffic ended. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Waits until it was closed, the sink threw or the traffic ended. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** Stops publishing; no event is handed over after this returns, unless the sink hangs for five seconds. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSE_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (traffic.hasNext()) {
                Event event = traffic.next();
                if (!awaitTime(event.timeMs())) {
                    return;
                }
                publish(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The generated traffic ends after {} events: {}", published, e.getMessage(), e);
        }
    }

    /** Waits until the wall clock shows {@code timeMs}; false when closed. */
    private boolean awaitTime(long timeMs) throws InterruptedException {
        long remainingMs = timeMs - clock.millis();
        while (remainingMs > 0) {
            if (stop.await(Math.min(remainingMs, LONGEST_WAIT_MS), TimeUnit.MILLISECONDS)) {
                return false;
            }
            remainingMs = timeMs - clock.millis();
        }
        return stop.getCount() > 0;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes, others only read.
    private void publish(Event event) {
        if (event.timeMs() < clock.millis() - greatestLagMs) {
            skipped++;
            return;
        }
        sink.accept(event);
        published++;
    }
}
