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

    /** As what has been dropped, but for rows that a restart finds which were to be marked first. */
    private final Map<WindowSize, Long> deletedBeforeMs = new EnumMap<>(WindowSize.class);

    PastWindows(PipelineSettings settings, WriteBehindStore<WindowKey, TotalRow> rows) {
        this.settings = settings;
        this.windowing = settings.windowing();
        this.rows = rows;
    }

    /** Begins where a task stopped at this watermark. Its rows may not have followed it to the end. */
    void resume(long watermarkMs) {
        windowing.sizes().forEach(size -> droppedBeforeMs.put(size, keptSinceMs(size, watermarkMs)));
    }

    /** No event can change it any more, and its rows are marked so. */
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

    /** Whether rows are still to be marked as final at this watermark. */
    boolean areBehind(long watermarkMs) {
        return watermarkMs != Journey.NO_STREAM_TIME
                && windowing.sizes().stream()
                        .anyMatch(size -> moment(finalBeforeMs, size) < openSinceMs(size, watermarkMs));
    }

    /**
     * Calls back with rows of windows that have become final at this watermark, those of a few windows of each size.
     *
     * @return how many rows
     */
    int finish(long watermarkMs, int windows, BiConsumer<WindowKey, TotalRow> each) {
        int found = 0;
        for (WindowSize size : windowing.sizes()) {
            long untilMs = openSinceMs(size, watermarkMs);
            if (moment(finalBeforeMs, size) < untilMs) {
                WindowKey first = rows.firstKey(
                        WindowKeyFormat.lowerBound(size, moment(finalBeforeMs, size)),
                        WindowKeyFormat.lowerBound(size, untilMs));
                long toMs = first == null ? untilMs : Math.min(untilMs, startOf(size, first.startMs(), windows));
                finalBeforeMs.put(size, toMs);
                found += first == null ? 0 : scan(size, first.startMs(), toMs, each);
            }
        }
        return found;
    }

    /** The start of the window that comes so many later. */
    private long startOf(WindowSize size, long startMs, int windowsLater) {
        long laterMs = startMs;
        for (int left = windowsLater; left > 0; left--) {
            laterMs = windowing.endMs(size, laterMs);
        }
        return laterMs;
    }

    /**
     * Drops the rows that nobody needs at this watermark.
     *
     * @return how many rows
     */
    int drop(long watermarkMs) {
        int dropped = 0;
        for (WindowSize size : windowing.sizes()) {
            long keptSinceMs = keptSinceMs(size, watermarkMs);
            long fromMs = moment(deletedBeforeMs, size);
            if (fromMs < keptSinceMs) {
                droppedBeforeMs.put(size, keptSinceMs);
                deletedBeforeMs.put(size, keptSinceMs);
                List<WindowKey> old = new ArrayList<>();
                dropped += scan(size, fromMs, keptSinceMs, (key, row) -> old.add(key));
                old.forEach(rows::delete);
            }
        }
        return dropped;
    }

    /** Where the first window of this size starts that is kept; before all time if none is dropped. */
    long keptSinceMs(WindowSize size, long watermarkMs) {
        long retentionMs = settings.retentionMs(size);
        long horizonMs = watermarkMs - settings.rules().graceMs();
        return retentionMs > horizonMs ? Long.MIN_VALUE : windowing.startMs(size, horizonMs - retentionMs);
    }

    /** Calls back with the rows of windows of this size that start in {@code [fromMs, toMs)}; returns how many. */
    int scan(WindowSize size, long fromMs, long toMs, BiConsumer<WindowKey, TotalRow> each) {
        return rows.scan(WindowKeyFormat.lowerBound(size, fromMs), WindowKeyFormat.lowerBound(size, toMs), each);
    }
}
