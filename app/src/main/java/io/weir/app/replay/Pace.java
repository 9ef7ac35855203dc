package io.weir.app.replay;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds events back until it is their turn: the first at once, each other when as much wall time has passed as lies
 * between the two in event time, divided by the {@link Speed}. Where events are not in order, the greatest event time so
 * far sets the pace and older events follow at once. Not thread-safe.
 *
 * <p>Events from before 1970 or from after the wall clock, which the pipeline rejects, neither wait nor set the pace.
 */
final class Pace {
    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    private static final long LONG_WAIT_MS = 60_000;

    private final Speed speed;
    private final WallClock clock;
    private boolean started = false;
    private long firstEventMs = 0;
    private long startedAtMs = 0;

    Pace(Speed speed, WallClock clock) {
        this.speed = speed;
        this.clock = clock;
    }

    /** Returns when the event of this time may be published. */
    void await(long eventTimeMs) throws InterruptedException {
        if (speed.isMax() || eventTimeMs < 0) {
            return;
        }
        long nowMs = clock.nowMs();
        if (eventTimeMs > nowMs) {
            return;
        }
        if (!started) {
            started = true;
            firstEventMs = eventTimeMs;
            startedAtMs = nowMs;
        }
        long dueMs = startedAtMs + (long) ((eventTimeMs - firstEventMs) / speed.factor());
        if (dueMs - nowMs >= LONG_WAIT_MS) {
            LOG.info(
                    "The next event is due in {}: the files have a gap before it, which --speed max does not wait for",
                    Duration.ofSeconds((dueMs - nowMs) / 1000));
        }
        while (nowMs < dueMs) {
            clock.sleep(dueMs - nowMs);
            nowMs = clock.nowMs();
        }
    }
}
