package io.weir.app.api;

import io.weir.app.figures.LiveFigures;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads figures of the totals partitions that this instance owns: of all of them as they were owned at one moment, or
 * not at all. Thread-safe.
 */
final class OwnTotals {
    private final Members members;
    private final LiveFigures live;

    /** Once there was a watermark, to have none means that figures are missing, and not that there are none yet. */
    private volatile boolean begun = false;

    OwnTotals(Members members, LiveFigures live) {
        this.members = members;
        this.live = live;
    }

    /** What is read of the partitions at hand. */
    interface Reading<T> {
        /** @param watermarkMs the least of the partitions; null while nothing has been read from the inputs */
        T read(SortedSet<Integer> partitions, @Nullable Long watermarkMs);
    }

    <T> T read(Reading<T> reading) {
        long revocations = live.revocations();
        SortedSet<Integer> partitions = members.own(Half.TOTALS);
        T found = reading.read(partitions, watermarkMs(partitions));
        if (revocations != live.revocations() || !partitions.equals(members.own(Half.TOTALS))) {
            throw Refusal.unavailable("totals partitions are moving between instances; ask again in a moment");
        }
        return found;
    }

    private @Nullable Long watermarkMs(SortedSet<Integer> partitions) {
        Set<Integer> told = live.ownedTotals();
        if (told.isEmpty() && !begun) {
            return null;
        }
        if (!told.equals(partitions)) {
            throw Refusal.unavailable("the figures of some totals partitions are not here yet; ask again in a moment");
        }
        begun = true;
        return told.isEmpty() ? null : live.watermarkMs().getAsLong();
    }
}
