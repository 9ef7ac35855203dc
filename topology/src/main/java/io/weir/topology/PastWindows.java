package io.weir.topology;

import io.weir.domain.Journey;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.serde.WindowKeyFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Which windows of one totals partition are final, and which have been dropped: for each size all that start before some
 * moment. What is final follows the watermark in steps.
 */
final class PastWindows {
    private final PipelineSettings settings;
    private final Windowing windowing;
    private final WriteBehindStore<WindowKey, TotalRow> rows;
    private final Map<WindowSize, Long> finalBeforeMs = new EnumMap<>(WindowSize.class);
    private final Map<WindowSize, Long> droppedBeforeMs = new EnumMap<>(WindowSize.class);

    /** As what has been dropped, but for rows that are still to be deleted. */
    private final Map<WindowSize, Long> deletedBeforeMs = new EnumMap<>(WindowSize.class);

    /** The rows that are still to be marked, of the windows that became final last. */
    private final Map<WindowSize, Scan<WindowKey, TotalRow>> unmarked = new EnumMap<>(WindowSize.class);

    /** The same of the windows that were final when the task was started; few if any are not marked yet. */
    private final Map<WindowSize, Scan<WindowKey, TotalRow>> earlier = new EnumMap<>(WindowSize.class);

    PastWindows(PipelineSettings settings, WriteBehindStore<WindowKey, TotalRow> rows) {
        this.settings = settings;
        this.windowing = settings.windowing();
        this.rows = rows;
    }

    /** Begins where a task stopped at this watermark. Its rows may not have followed it to the end. */
    void resume(long watermarkMs) {
        for (WindowSize size : windowing.sizes()) {
            droppedBeforeMs.put(size, keptSinceMs(size, watermarkMs));
            finalBeforeMs.put(size, openSinceMs(size, watermarkMs));
            earlier.put(size, part(size, Long.MIN_VALUE, openSinceMs(size, watermarkMs)));
        }
    }

    /** No event can change it any more, and its rows are marked so or will be. */
    boolean isFinal(WindowKey key) {
        return key.startMs() < moment(finalBeforeMs, key.size());
    }

    boolean isDropped(WindowKey key) {
        return key.startMs() < moment(droppedBeforeMs, key.size());
    }

    private static long moment(Map<WindowSize, Long> moments, WindowSize size) {
        return moments.getOrDefault(size, Long.MIN_VALUE);
    }

    /** Where the first window of this size starts that is open at this watermark. */
    long openSinceMs(WindowSize size, long watermarkMs) {
        return windowing.startMs(size, watermarkMs - settings.rules().graceMs());
    }

    /** Whether rows of windows that have become final at this watermark are still to be marked. */
    boolean areBehind(long watermarkMs) {
        return watermarkMs != Journey.NO_STREAM_TIME
                && (!unmarked.isEmpty() || isAny(size -> moment(finalBeforeMs, size) < openSinceMs(size, watermarkMs)));
    }

    /**
     * Calls back with rows of windows that have become final at this watermark.
     *
     * @param most how many at this time
     * @return how many
     */
    int finish(long watermarkMs, int most, BiConsumer<WindowKey, TotalRow> each) {
        for (WindowSize size : windowing.sizes()) {
            long fromMs = moment(finalBeforeMs, size);
            long untilMs = openSinceMs(size, watermarkMs);
            if (fromMs < untilMs && !unmarked.containsKey(size)) {
                unmarked.put(size, part(size, fromMs, untilMs));
                finalBeforeMs.put(size, untilMs);
            }
        }
        return next(unmarked, most, each);
    }

    /** Whether rows may still be unmarked since before the task was started. */
    boolean hasEarlier() {
        return !earlier.isEmpty();
    }

    /** The same as {@link #finish} for those. */
    int finishEarlier(int most, BiConsumer<WindowKey, TotalRow> each) {
        return next(earlier, most, each);
    }

    private static int next(
            Map<WindowSize, Scan<WindowKey, TotalRow>> parts, int most, BiConsumer<WindowKey, TotalRow> each) {
        int found = 0;
        for (Scan<WindowKey, TotalRow> part : parts.values()) {
            found += part.next(most - found, each);
        }
        parts.values().removeIf(Scan::isOver);
        return found;
    }

    /**
     * Drops rows that nobody needs at this watermark.
     *
     * @param most how many at this time
     * @return how many
     */
    int drop(long watermarkMs, int most) {
        List<WindowKey> old = new ArrayList<>();
        for (WindowSize size : windowing.sizes()) {
            long keptSinceMs = keptSinceMs(size, watermarkMs);
            long fromMs = moment(deletedBeforeMs, size);
            if (fromMs < keptSinceMs) {
                droppedBeforeMs.put(size, keptSinceMs);
                Scan<WindowKey, TotalRow> part = part(size, fromMs, keptSinceMs);
                part.next(most - old.size(), (key, row) -> old.add(key));
                if (part.isOver()) {
                    deletedBeforeMs.put(size, keptSinceMs);
                }
            }
        }
        old.forEach(rows::delete);
        return old.size();
    }

    private boolean isAny(Predicate<WindowSize> condition) {
        return windowing.sizes().stream().anyMatch(condition);
    }

    /** Where the first row of a minute starts, or this moment if none starts earlier. */
    long firstMinuteMs(long beforeMs) {
        long[] firstMs = {beforeMs};
        part(WindowSize.MINUTE, Long.MIN_VALUE, beforeMs).next(1, (key, row) -> firstMs[0] = key.startMs());
        return firstMs[0];
    }

    /** Where the first window of this size starts that is kept; before all time if none is dropped. */
    long keptSinceMs(WindowSize size, long watermarkMs) {
        long retentionMs = settings.retentionMs(size);
        long horizonMs = watermarkMs - settings.rules().graceMs();
        return retentionMs > horizonMs ? Long.MIN_VALUE : windowing.startMs(size, horizonMs - retentionMs);
    }

    /** Calls back with the rows of windows of this size that start in {@code [fromMs, toMs)}. */
    void scan(WindowSize size, long fromMs, long toMs, BiConsumer<WindowKey, TotalRow> each) {
        part(size, fromMs, toMs).next(Integer.MAX_VALUE, each);
    }

    private Scan<WindowKey, TotalRow> part(WindowSize size, long fromMs, long toMs) {
        return rows.part(WindowKeyFormat.group(size, fromMs), WindowKeyFormat.group(size, toMs));
    }
}
