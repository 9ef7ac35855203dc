package io.weir.topology;

import io.weir.domain.Journey;
import java.util.Collection;

/**
 * The event time up to which all partitions have been read: the least of those that are not idle. While all are idle it
 * moves on with the wall clock, so that windows close when traffic stops. It never goes back.
 *
 * <p>Only a fresh report makes a partition idle: one that has gone silent may be restoring somewhere, with records that
 * nobody has read yet.
 */
final class Watermark {
    /** How much older than the newest of all reports one may be for its partition to count as idle, wall-clock time. */
    static final long FRESH_MS = 3 * JourneysProcessor.HEARTBEAT_MS;

    private final int partitions;
    private final long restartedMs;
    private long ms;

    /**
     * @param partitions how many input partitions there are; none may be missing for the watermark to advance
     * @param ms where it stood last; {@link Journey#NO_STREAM_TIME} if it is not known
     * @param restartedMs reports from before this moment, wall-clock time, make no partition idle
     */
    Watermark(int partitions, long ms, long restartedMs) {
        this.partitions = partitions;
        this.ms = ms;
        this.restartedMs = restartedMs;
    }

    /** Milliseconds of event time; {@link Journey#NO_STREAM_TIME} while it is not known. */
    long ms() {
        return ms;
    }

    /** Looks at how far each partition has come; true if the watermark has advanced. */
    boolean advance(Collection<PartitionProgress> all) {
        if (all.size() < partitions) {
            return false;
        }
        long newestMs =
                all.stream().mapToLong(PartitionProgress::reportedMs).max().orElse(0);
        long leastActive = Long.MAX_VALUE;
        long greatestIdle = Journey.NO_STREAM_TIME;
        for (PartitionProgress progress : all) {
            if (isIdle(progress, newestMs)) {
                greatestIdle = Math.max(greatestIdle, progress.eventClockMs());
            } else {
                leastActive = Math.min(leastActive, progress.eventClockMs());
            }
        }
        long candidate = leastActive == Long.MAX_VALUE ? greatestIdle : leastActive;
        if (candidate <= ms) {
            return false;
        }
        ms = candidate;
        return true;
    }

    private boolean isIdle(PartitionProgress progress, long newestMs) {
        long reportedMs = progress.reportedMs();
        return progress.isIdle() && reportedMs >= restartedMs && newestMs - reportedMs <= FRESH_MS;
    }
}
