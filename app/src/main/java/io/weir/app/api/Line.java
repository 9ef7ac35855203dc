package io.weir.app.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one key, as every answer shows them.
 *
 * @param product null where the dimension has none; so with source and campaign
 * @param reliable false on fewer visitors than {@code min.visitors}
 * @param measures by label; money in micros
 * @param ratios by name; money in whole units, null where the denominator is zero
 */
public record Line(
        @Nullable String product,
        @Nullable String source,
        @Nullable String campaign,
        boolean reliable,
        Map<String, Long> measures,
        Map<String, @Nullable Double> ratios) {}
