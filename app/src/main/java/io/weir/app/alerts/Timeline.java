package io.weir.app.alerts;

/**
 * The moments at which counts were taken, numbered from 0; the newest {@link #CAPACITY} are kept. Between two moments
 * lies a slot; what lies outside of slots was not watched. Not thread-safe.
 */
final class Timeline {
    /** An hour of slots of four seconds. */
    static final int CAPACITY = 901;

    private final long[] timesMs = new long[CAPACITY];
    private final long[] watchedMs = new long[CAPACITY];
    private int newest = 0;

    /** @param startMs the moment 0, before which nothing was watched */
    Timeline(long startMs) {
        timesMs[0] = startMs;
    }

    /** Ends a slot of this length at this moment. */
    void add(long timeMs, long slotMs) {
        long watchedSoFarMs = watchedMs[newest % CAPACITY];
        newest++;
        timesMs[newest % CAPACITY] = timeMs;
        watchedMs[newest % CAPACITY] = watchedSoFarMs + slotMs;
    }

    int newest() {
        return newest;
    }

    int oldest() {
        return Math.max(0, newest - CAPACITY + 1);
    }

    long timeMs(int moment) {
        return timesMs[moment % CAPACITY];
    }

    /** How much time was watched from one moment to another. */
    long watchedMs(int from, int to) {
        return watchedMs[to % CAPACITY] - watchedMs[from % CAPACITY];
    }

    /** The latest moment from which on at least {@code lengthMs} were watched until {@code to}; −1 if there is none. */
    int before(int to, long lengthMs) {
        int low = oldest() - 1;
        int high = to;
        while (low < high) {
            int middle = high - (high - low) / 2;
            if (watchedMs(middle, to) >= lengthMs) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low < oldest() ? -1 : low;
    }

    /** The earliest moment that is not before this time; the newest if all are. */
    int notBefore(long timeMs) {
        int low = oldest();
        int high = newest;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (timeMs(middle) >= timeMs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
