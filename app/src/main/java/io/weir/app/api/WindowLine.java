package io.weir.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The figures of one key in one tumbling window.
 *
 * @param start inclusive, ISO-8601 in UTC
 * @param end exclusive
 * @param revision 1 for the first result, one more for each that replaced it
 * @param isFinal no event can change it any more
 */
@JsonNaming(SnakeCaseStrategy.class)
public record WindowLine(
        String start,
        String end,
        long revision,
        boolean isFinal,
        @JsonUnwrapped Line line) {}
