package io.weir.app.alerts;

import org.jspecify.annotations.Nullable;

/**
 * One alert about a drop, from its confirmation until it is over. It is over when, against the same past, less than
 * half of the drop that raised it is left, twice in a row; or when too little is expected for a judgement, or the past
 * is no longer a fair comparison. Not thread-safe.
 */
final class DropCase {
    private static final int LOOKS_TO_CLEAR = 2;
    private static final long UNDECIDED_MS = 600_000;
    private static final long LONGEST_MS = 6 * 3_600_000L;

    private final Drop first;
    private Drop latest;
    private Severity severity;
    private int looksAtEnd = 0;
    private long decidedMs;

    /** @param first as it was confirmed */
    DropCase(Drop first, long timeMs) {
        this.first = first;
        this.latest = first;
        this.severity = Wording.severity(first);
        this.decidedMs = timeMs;
    }

    /**
     * Looks at how it goes on.
     *
     * @param test of the same key by the same rule; null while the key is not watched
     * @param timeMs event time
     * @return false when it is over
     */
    boolean goesOn(@Nullable DropDetection test, long timeMs) {
        Drop now = test == null ? null : test.follow(first.past());
        if (now != null) {
            decidedMs = timeMs;
            boolean over = now.share() < first.rule().leastDrop() / 2;
            looksAtEnd = over ? looksAtEnd + 1 : 0;
            if (!over) {
                latest = now;
                severity = Wording.severity(now) == Severity.CRITICAL ? Severity.CRITICAL : severity;
            }
        }
        return looksAtEnd < LOOKS_TO_CLEAR
                && timeMs - decidedMs <= UNDECIDED_MS
                && timeMs - first.fromMs() <= LONGEST_MS;
    }

    Drop first() {
        return first;
    }

    /** As it stands now. */
    Drop latest() {
        return latest;
    }

    /** The worst that it has had. */
    Severity severity() {
        return severity;
    }
}
