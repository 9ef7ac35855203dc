package io.weir.app.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows, of all instances. Times are ISO-8601 in UTC; money among the measures is in micros, money
 * among the ratios in whole units.
 *
 * @param generatedTraffic the figures are of generated traffic
 * @param notice a sentence for the people who watch; null for none
 * @param dataAsOf the watermark: up to this event time the figures are complete; null before the first
 * @param streamTime the greatest event time accepted; null before the first event
 * @param secondsBehind from the watermark to now, 0 or more; null without a watermark
 * @param complete always true: there is no board while a part is missing
 * @param instances how many share the work
 * @param inputs what became of the records read, by input
 * @param window the period that the rankings are about
 * @param shop the whole shop by period, and {@code yesterday} until the same time of day; null where not known
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BoardAnswer(
        String now,
        String currency,
        String timeZone,
        int minVisitors,
        double margin,
        boolean generatedTraffic,
        @Nullable String notice,
        @Nullable String dataAsOf,
        @Nullable String streamTime,
        @Nullable Double secondsBehind,
        boolean complete,
        int instances,
        Partitions partitions,
        Map<String, Input> inputs,
        String window,
        Map<String, @Nullable PeriodFigures> shop,
        Ranking sources,
        Ranking campaigns,
        Ranking products,
        Ranking productSources,
        List<AlertLine> alerts) {

    /** How many partitions each input has, and the figures are spread over. */
    public record Partitions(int inputs, int totals) {}

    /**
     * The whole shop in one period.
     *
     * @param start inclusive
     * @param end exclusive; of today the day's end, which is yet to come
     * @param isFinal no event can change it any more
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record PeriodFigures(String start, String end, boolean isFinal, Line line) {}

    /**
     * The first keys of one dimension.
     *
     * @param keys how many keys there are, of which {@code lines} are the first
     */
    public record Ranking(long keys, List<Line> lines) {}
}
