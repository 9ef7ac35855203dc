package io.weir.app.api;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The instances that share the work, and which of them owns what, as this one was told last. Thread-safe. All methods
 * throw a {@link Refusal} while that is not known.
 */
public interface Members {

    /** How many partitions each {@link Half} has. */
    int partitions();

    /** Where the others reach this instance. */
    HostInfo self();

    /** Where all instances are reached, this one included. */
    Set<HostInfo> all();

    /** Who owns which partitions of this half; those without an owner are not there. */
    SortedMap<Integer, HostInfo> owners(Half half);

    /** The partitions of this half that are restored and running in this instance. */
    SortedSet<Integer> own(Half half);
}
