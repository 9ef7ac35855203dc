package io.weir.app.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Weir itself raises the alarm about, the most severe first.
 *
 * @param asOf the watermark, ISO-8601 in UTC; null while nothing has been read from the inputs
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AlertsAnswer(@Nullable String asOf, List<AlertLine> alerts) {}
