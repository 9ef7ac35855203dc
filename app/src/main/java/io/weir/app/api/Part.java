package io.weir.app.api;

import java.util.SortedSet;

/** What one instance contributes to an answer. */
interface Part {
    /** The partitions of the {@link Half} asked that it is about; no other instance has these. */
    SortedSet<Integer> partitions();
}
