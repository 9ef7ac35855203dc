package io.weir.app.metrics;

import io.weir.domain.EventType;
import java.util.OptionalLong;

/** What a running pipeline says of itself. Asked at every scrape, by any thread. */
public interface Vitals {

    /** True while every partition that this instance owns is restored and read. */
    boolean isReady();

    /** How many partitions each input has, and the totals have. */
    int partitions();

    /** How many times a stream thread had to start again. */
    long threadRestarts();

    /** How many records of changelogs are still to be read into the stores. */
    long restoreRemaining();

    /**
     * How many records of the input partition are still to be read, those that retention has deleted not counted; empty
     * while that is not known.
     *
     * @param nextOffset behind the last record read; 0 if none was
     */
    OptionalLong waiting(EventType input, int partition, long nextOffset);
}
