package io.weir.bench.jet;

import io.weir.domain.WindowKey;

/** What one thread's visitors have added to a window and dimension key since it last said so. */
record PartialSums(WindowKey window, long[] sums) {

    /** What Jet parts them by; the same text stands in the snapshots. */
    String key() {
        return Snapshots.key(window);
    }
}
