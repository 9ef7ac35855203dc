package io.weir.topology;

import io.weir.domain.Tally;
import org.jspecify.annotations.Nullable;

/** A tally, and in whose line it stands to be published. The latter is not stored. */
final class PartitionTally {
    private final Tally tally;
    private @Nullable PartitionTotals line;

    PartitionTally(Tally tally) {
        this.tally = tally;
    }

    Tally tally() {
        return tally;
    }

    /**
     * Puts it in line; false if it stands there already. A task that is suspended and goes on has a new line, and may find
     * tallies of the old one on the heap.
     */
    boolean getInLine(PartitionTotals of) {
        boolean joined = line != of;
        line = of;
        return joined;
    }

    void leaveLine() {
        line = null;
    }
}
