package io.weir.app.replay;

import io.weir.app.replay.input.PastEvent;

/**
 * The Kafka timestamps that events are published with. Event time itself is in the event; a consumer of several topics
 * reads next the record with the least timestamp, so these decide the order in which the pipeline sees the events.
 */
interface RecordTimes {

    /** The timestamp of the next event, milliseconds since 1970, never negative. */
    long next(PastEvent event);

    /**
     * For publishing in event-time order: the event time, moved into the range from 1970 to now, because Kafka refuses
     * negative timestamps and those of the future.
     */
    static RecordTimes ofEvents(WallClock clock) {
        return event -> event.timeMs() < 0 ? 0 : Math.min(event.timeMs(), clock.nowMs());
    }

    /**
     * For a pipeline that is running: the moment of publication. Retention goes by these timestamps, so events of years
     * ago are kept as long as any others.
     */
    static RecordTimes ofPublication(WallClock clock) {
        return event -> clock.nowMs();
    }

    /**
     * For publishing in the order of the rows: one millisecond more for each event, whatever its event time, so that the
     * consumer's merge by timestamp gives back the order of the file across all topics. {@code firstMs} should lie as
     * many milliseconds in the past as there are rows, because Kafka refuses timestamps of the future.
     */
    static RecordTimes inSequence(long firstMs) {
        return new RecordTimes() {
            private long nextMs = firstMs;

            @Override
            public long next(PastEvent event) {
                return nextMs++;
            }
        };
    }
}
