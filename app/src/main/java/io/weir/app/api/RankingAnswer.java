package io.weir.app.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first keys of one dimension in one stretch of time, or one key. Times are ISO-8601 in UTC; they are null while
 * nothing has been read from the inputs.
 *
 * @param start inclusive
 * @param end exclusive
 * @param isFinal no event can change it any more
 * @param asOf the watermark, of stored windows that at the last commit: up to this event time the figures are complete
 * @param keys how many keys have a figure, of which {@code lines} are the first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RankingAnswer(
        String dimension,
        String window,
        @Nullable String start,
        @Nullable String end,
        boolean isFinal,
        @Nullable String asOf,
        String currency,
        int minVisitors,
        String by,
        String order,
        long keys,
        List<Line> lines) {}
