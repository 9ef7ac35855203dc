package io.weir.topology;

import io.weir.domain.ComeBacks;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingMeasures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SeenBefore;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.serde.WindowKeyFormat;
import io.weir.topology.FiguresListener.RollingChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The rolling windows of one totals partition, from its minute rows: see {@link RollingMeasures}.
 *
 * <p>All of them end at the last whole minute of the watermark. When that moves on, the rows of the minutes in between
 * enter, and for each length those of the minutes at the other end leave, so that each minute row is looked at once for
 * each length and once more, whatever the step. A minute row that changes afterwards is corrected where it stands.
 */
final class RollingTotals {
    private static final long MINUTE_MS = 60_000;
    private static final ComeBacks NONE = new ComeBacks();

    private final WriteBehindStore<WindowKey, TotalRow> minutes;
    private final WriteBehindStore<WindowKey, ComeBacks> comeBacks;
    private final WriteBehindStore<DimensionKey, RollingMeasures> rolling;
    private final FiguresListener listener;
    private final int partition;

    /** First instant after the windows; a whole minute. */
    private long endMs;

    private long droppedBeforeMs = Long.MIN_VALUE;

    /**
     * @param minutes the rows of all windows, minutes among them
     * @param watermarkMs the watermark that the stored rolling measures stand at
     */
    RollingTotals(
            WriteBehindStore<WindowKey, TotalRow> minutes,
            WriteBehindStore<WindowKey, ComeBacks> comeBacks,
            WriteBehindStore<DimensionKey, RollingMeasures> rolling,
            FiguresListener listener,
            int partition,
            long watermarkMs) {
        this.minutes = minutes;
        this.comeBacks = comeBacks;
        this.rolling = rolling;
        this.listener = listener;
        this.partition = partition;
        this.endMs = watermarkMs == Long.MIN_VALUE ? Long.MIN_VALUE : Windowing.minuteStartMs(watermarkMs);
    }

    /** Tells the listener all of them. */
    void tellAll() {
        rolling.scanAll((key, row) -> {
            for (RollingWindow window : RollingWindow.values()) {
                listener.rollingChanged(partition, window, key, row.of(window), Measures.ZERO);
            }
        });
    }

    /** A minute row has changed by so much. */
    void minuteChanged(WindowKey minute, Measures change, SeenBefore returned) {
        returned.forEach((minutesAgo, visitors, buyers) -> cameBack(minute, minutesAgo, visitors, buyers));
        if (minute.startMs() >= endMs) {
            return;
        }
        changeNow(minute.key(), row -> {
            for (RollingWindow window : RollingWindow.values()) {
                row.enter(window, change, returned);
                if (minute.startMs() < startMs(window, endMs)) {
                    row.leave(window, change, NONE);
                }
            }
        });
    }

    /** Visitors of this minute had been there before: the minute in which they were last counts them as come back. */
    private void cameBack(WindowKey minute, int minutesAgo, long visitors, long buyers) {
        WindowKey earlier = new WindowKey(WindowSize.MINUTE, minute.startMs() - minutesAgo * MINUTE_MS, minute.key());
        comeBacks.change(earlier, ComeBacks::new).add(minutesAgo, visitors, buyers);
        ComeBacks more = new ComeBacks();
        more.add(minutesAgo, visitors, buyers);
        if (earlier.startMs() < startMs(RollingWindow.FIVE_MINUTES, endMs)) {
            changeNow(minute.key(), row -> {
                for (RollingWindow window : RollingWindow.values()) {
                    if (earlier.startMs() < startMs(window, endMs)) {
                        row.leave(window, Measures.ZERO, more);
                    }
                }
            });
        }
    }

    private interface Change {
        void apply(RollingMeasures row);
    }

    private void changeNow(DimensionKey key, Change change) {
        Map<DimensionKey, RollingMeasures> before = new LinkedHashMap<>();
        apply(key, change, before);
        tell(before);
    }

    private void apply(DimensionKey key, Change change, Map<DimensionKey, RollingMeasures> before) {
        RollingMeasures row = rolling.change(key, RollingMeasures::new);
        before.computeIfAbsent(key, first -> row.copy());
        change.apply(row);
    }

    private void tell(Map<DimensionKey, RollingMeasures> before) {
        for (RollingChange change : changes(before)) {
            listener.rollingChanged(partition, change.window(), change.key(), change.measures(), change.before());
        }
    }

    /** What differs from before; rows that have come to nothing are deleted. */
    private List<RollingChange> changes(Map<DimensionKey, RollingMeasures> before) {
        List<RollingChange> changes = new ArrayList<>();
        before.forEach((key, old) -> {
            RollingMeasures row = rolling.get(key);
            for (RollingWindow window : RollingWindow.values()) {
                Measures was = old.of(window);
                Measures is = row == null ? Measures.ZERO : row.of(window);
                if (!is.equals(was)) {
                    changes.add(new RollingChange(window, key, is, was));
                }
            }
            if (row != null && row.isZero()) {
                rolling.delete(key);
            }
        });
        return changes;
    }

    /**
     * Moves the windows on to the last whole minute of this watermark.
     *
     * @return how many rows were looked at
     */
    int advance(long watermarkMs) {
        long nextEndMs = Windowing.minuteStartMs(watermarkMs);
        if (nextEndMs <= endMs) {
            return 0;
        }
        Map<DimensionKey, RollingMeasures> before = new LinkedHashMap<>();
        int rows = scan(endMs, nextEndMs, (key, row) -> pass(key, row, nextEndMs, before));
        for (RollingWindow window : RollingWindow.values()) {
            long fromMs = startMs(window, endMs);
            long untilMs = startMs(window, nextEndMs);
            rows += scan(fromMs, Math.min(endMs, untilMs), (key, row) -> leave(window, key, row.sum(), NONE, before));
            // By themselves: the row of a minute can come after others have said who came back to it.
            rows += comeBacks.scan(
                    group(fromMs), group(untilMs), (key, back) -> leave(window, key, Measures.ZERO, back, before));
        }
        endMs = nextEndMs;
        listener.rollingAdvanced(partition, watermarkMs, changes(before));
        return rows;
    }

    private void leave(
            RollingWindow window,
            WindowKey minute,
            Measures measures,
            ComeBacks back,
            Map<DimensionKey, RollingMeasures> before) {
        apply(minute.key(), changed -> changed.leave(window, measures, back), before);
    }

    /** The minute's row enters all windows, and leaves those that have moved past it in the same step. */
    private void pass(WindowKey minute, TotalRow row, long nextEndMs, Map<DimensionKey, RollingMeasures> before) {
        SeenBefore seenBefore = row.seenBefore();
        apply(
                minute.key(),
                changed -> {
                    for (RollingWindow window : RollingWindow.values()) {
                        changed.enter(window, row.sum(), seenBefore);
                        if (minute.startMs() < startMs(window, nextEndMs)) {
                            changed.leave(window, row.sum(), NONE);
                        }
                    }
                },
                before);
    }

    /** Forgets what belongs to minutes before this instant, which no window can need any more. */
    void drop(long beforeMs) {
        if (beforeMs > droppedBeforeMs) {
            List<WindowKey> old = new ArrayList<>();
            comeBacks.scan(group(droppedBeforeMs), group(beforeMs), (key, row) -> old.add(key));
            old.forEach(comeBacks::delete);
            droppedBeforeMs = beforeMs;
        }
    }

    private int scan(long fromMs, long beforeMs, BiConsumer<WindowKey, TotalRow> each) {
        return minutes.scan(group(fromMs), group(beforeMs), each);
    }

    private static long group(long startMs) {
        return WindowKeyFormat.group(WindowSize.MINUTE, startMs);
    }

    /** First instant of the window of this length that ends then; before all minutes where that is not known. */
    private static long startMs(RollingWindow window, long endMs) {
        return endMs == Long.MIN_VALUE ? Long.MIN_VALUE : endMs - window.minutes() * MINUTE_MS;
    }
}
