package io.weir.app.api;

import io.weir.domain.WindowSize;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the answers say besides figures, and what they can be about.
 *
 * @param application the {@code application.id}, by which instances know that they belong together
 * @param currency ISO 4217 code of the reporting currency
 * @param zone whose calendar days the day windows are
 * @param minVisitors ratios on fewer visitors are unreliable
 * @param margin gross profit as a share of revenue, 0 to 1, for ROI
 * @param graceMs how long after its end a window can still change, milliseconds of event time
 * @param windows which tumbling windows are computed
 * @param retention how long rows of each size are kept behind the watermark
 * @param generated the figures are of generated traffic, which the page must say
 * @param notice a sentence for the people who watch, such as what incident was planted; null for none
 */
public record ShopSettings(
        String application,
        String currency,
        ZoneId zone,
        int minVisitors,
        double margin,
        long graceMs,
        Set<WindowSize> windows,
        Map<WindowSize, Duration> retention,
        boolean generated,
        @Nullable String notice) {

    /** As browsers know it: Java calls UTC by several names. */
    String zoneName() {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** Whether a window that ends then can change no more. */
    boolean isFinal(long endMs, long watermarkMs) {
        return endMs <= watermarkMs - graceMs;
    }

    /** The first instant whose windows of this size are certainly kept. */
    long keptFromMs(WindowSize size, long watermarkMs) {
        return Math.max(
                0, watermarkMs - retention.getOrDefault(size, Duration.ZERO).toMillis());
    }
}
