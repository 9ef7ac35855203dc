package io.weir.app.replay;

import io.weir.app.replay.input.PastEvent;

/**
 * Cuts the events into slices: a slice is sent only when all of the one before has reached the broker.
 *
 * <p>A producer sends the batches of different topics independently, so without slices the visits of a whole hour can
 * reach the broker before the payments of its first minute. A consumer that is running meanwhile would find those
 * payments late, though the files have nothing late in them.
 */
interface Slices {

    /** Whether this event, the next in order, begins a new slice. */
    boolean begins(PastEvent event);

    /** No slices: right when the consumer starts after everything has been published. */
    static Slices none() {
        return event -> false;
    }

    /** Slices in which no two event times are further apart than {@code spanMs}, for events in event-time order. */
    static Slices ofEventTime(long spanMs) {
        return new Slices() {
            private boolean started = false;
            private long firstMs = 0;

            @Override
            public boolean begins(PastEvent event) {
                // Below zero for times before the first, and when the difference leaves the range of long.
                long sinceFirstMs = event.timeMs() - firstMs;
                boolean inSlice = started && sinceFirstMs >= 0 && sinceFirstMs <= spanMs && event.timeMs() >= firstMs;
                boolean begins = started && !inSlice;
                if (!inSlice) {
                    started = true;
                    firstMs = event.timeMs();
                }
                return begins;
            }
        };
    }

    /** Slices of so many events, for events in any order. */
    static Slices ofEvents(int events) {
        return new Slices() {
            private int inSlice = 0;

            @Override
            public boolean begins(PastEvent event) {
                boolean begins = inSlice == events;
                inSlice = begins ? 1 : inSlice + 1;
                return begins;
            }
        };
    }
}
