package io.weir.app.http;

import java.time.ZoneId;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the board says besides figures.
 *
 * @param currency ISO 4217 code of the reporting currency
 * @param zone whose calendar days the day windows are
 * @param minVisitors ratios on fewer visitors are unreliable
 * @param margin gross profit as a share of revenue, 0 to 1, for ROI
 * @param partitions how many each input topic has, and the figures are spread over; 0 while not known
 * @param generated the figures are of generated traffic, which the page must say
 * @param notice a sentence for the people who watch, such as what incident was planted; null for none
 */
public record BoardSettings(
        String currency,
        ZoneId zone,
        int minVisitors,
        double margin,
        IntSupplier partitions,
        boolean generated,
        @Nullable String notice) {}
