package io.weir.topology;

import io.weir.domain.Journey;
import java.util.Collection;

/**
 * The event time up to which all partitions have been read: the least of those that are not idle. While all are idle it
 * moves on with the wall clock, so that windows close when traffic stops. It never goes back.
 */
final class Watermark {
    private final int partitions;
    private long ms = Journey.NO_STREAM_TIME;

    /** @param partitions how many input partitions there are; none may be missing for there to be a watermark */
    Watermark(int partitions) {
        this.partitions = partitions;
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
        long leastActive = Long.MAX_VALUE;
        long greatestIdle = Journey.NO_STREAM_TIME;
        for (PartitionProgress progress : all) {
            if (progress.isIdle()) {
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
}
