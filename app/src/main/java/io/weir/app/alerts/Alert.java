package io.weir.app.alerts;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong now.
 *
 * @param key what it is about; null for the pipeline itself
 * @param since when it began as far as is known: event time for figures, wall-clock time for the pipeline
 * @param summary half a line
 * @param reason the numbers that it rests on, in plain words
 * @param figures the same numbers by name, for programs
 */
public record Alert(
        AlertName name,
        Severity severity,
        @Nullable DimensionKey key,
        Instant since,
        String summary,
        String reason,
        Map<String, Number> figures) {

    public Alert {
        figures = Map.copyOf(figures);
    }

    /** Null for the pipeline itself. */
    public @Nullable Dimension dimension() {
        return key == null ? null : key.dimension();
    }

    public @Nullable String product() {
        return key == null ? null : key.productId();
    }

    public @Nullable String source() {
        return key == null ? null : key.source();
    }

    public @Nullable String campaign() {
        return key == null ? null : key.campaignId();
    }
}
