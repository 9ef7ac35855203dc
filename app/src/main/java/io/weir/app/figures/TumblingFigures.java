package io.weir.app.figures;

import io.weir.domain.Measures;
import io.weir.topology.WindowRow;
import java.util.Comparator;

/**
 * The windows of one size around the watermark, of one totals partition. Not thread-safe.
 *
 * <p>A window is either whole here, or not known at all: a sum that began in its middle would be wrong. Not known are
 * windows that the watermark has left behind, and, beyond {@link #MOST_WINDOWS}, those farthest ahead of it. There are
 * many of these only while one input partition is read hours or days behind another.
 */
final class TumblingFigures {
    static final int MOST_WINDOWS = 64;

    private final WindowFigures figures;
    private long knownFromMs = Long.MIN_VALUE;

    /** Windows that start in [this, {@link #missedToMs}] came when there was no room. */
    private long missedFromMs = Long.MAX_VALUE;

    private long missedToMs = Long.MIN_VALUE;

    TumblingFigures(int mostRows, Comparator<Figure> keepFirst) {
        figures = new WindowFigures(mostRows, keepFirst);
    }

    void put(WindowRow row, Measures before) {
        long startMs = row.startMs();
        if (!isKnown(startMs)) {
            return;
        }
        if (!figures.has(startMs) && figures.size() == MOST_WINDOWS) {
            long newestMs = figures.newestMs();
            miss(Math.max(startMs, newestMs));
            if (startMs > newestMs) {
                return;
            }
        }
        figures.put(startMs, row.key(), row.measures(), before);
    }

    private void miss(long startMs) {
        missedFromMs = Math.min(missedFromMs, startMs);
        missedToMs = Math.max(missedToMs, startMs);
        figures.drop(missedFromMs, missedToMs + 1);
    }

    /** Whether all that was told of the window that starts then is held. */
    boolean isKnown(long startMs) {
        return startMs >= knownFromMs && (startMs < missedFromMs || startMs > missedToMs);
    }

    /** Forgets the windows that start before this for good. */
    void forgetBefore(long startMs) {
        if (startMs <= knownFromMs) {
            return;
        }
        knownFromMs = startMs;
        figures.drop(Long.MIN_VALUE, startMs);
        if (missedToMs < startMs) {
            missedFromMs = Long.MAX_VALUE;
            missedToMs = Long.MIN_VALUE;
        }
    }

    WindowFigures figures() {
        return figures;
    }
}
