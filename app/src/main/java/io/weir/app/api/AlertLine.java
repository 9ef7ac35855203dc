package io.weir.app.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert, as answers show it.
 *
 * @param severity {@code critical} or {@code warning}
 * @param dimension of what it is about; null where that is the pipeline itself
 * @param product null where the dimension has none; so with source and campaign
 * @param since ISO-8601 in UTC
 * @param figures what it rests on, by name
 */
public record AlertLine(
        String name,
        String severity,
        @Nullable String dimension,
        @Nullable String product,
        @Nullable String source,
        @Nullable String campaign,
        String since,
        String summary,
        String reason,
        Map<String, Number> figures) {}
