package io.weir.app.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key in the tumbling windows of a range. Times are ISO-8601 in UTC; they are null while nothing has been read from
 * the inputs.
 *
 * @param from windows that start at this instant or later
 * @param to and before this one
 * @param keptFrom windows that start earlier are not kept any more
 * @param asOf the watermark at the last commit: up to this event time the figures are complete
 * @param lines the earliest first; windows without a figure are left out
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SeriesAnswer(
        String dimension,
        String window,
        @Nullable String from,
        @Nullable String to,
        @Nullable String keptFrom,
        @Nullable String asOf,
        String currency,
        int minVisitors,
        List<WindowLine> lines) {}
