package io.weir.topology;

import io.weir.domain.Tally;

/** A tally, and whether it stands in line to be published. The latter is not stored. */
final class PartitionTally {
    private final Tally tally;
    private boolean inLine = false;

    PartitionTally(Tally tally) {
        this.tally = tally;
    }

    Tally tally() {
        return tally;
    }

    /** Puts it in line; false if it stands there already. */
    boolean getInLine() {
        boolean joined = !inLine;
        inLine = true;
        return joined;
    }

    void leaveLine() {
        inLine = false;
    }
}
