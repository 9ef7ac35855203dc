package io.weir.app.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/v1/board} answers. Times are ISO-8601 in UTC; money among the measures is in micros, money among the
 * ratios in whole units.
 *
 * @param generatedTraffic the figures are of generated traffic
 * @param dataAsOf the watermark: up to this event time the figures are complete; null before the first
 * @param streamTime the greatest event time accepted; null before the first event
 * @param secondsBehind from the watermark to now, 0 or more; null without a watermark
 * @param inputs what became of the records read, by input
 * @param windows of each size what is current: the last whole minute, the last 60 minutes, today so far
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BoardSnapshot(
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
        Partitions partitions,
        Map<String, Input> inputs,
        Map<String, Window> windows) {

    /** The partitions that this instance reads and whose figures it owns, of all in the cluster. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Partitions(int inputsOwned, int inputs, int totalsOwned, int totals) {}

    /** One input's records over all owned partitions: read = accepted + duplicate + late + rejected. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(
            long read, long accepted, long duplicate, long late, long rejected, List<Reason> rejectedByReason) {}

    /**
     * Records that were rejected for one reason.
     *
     * @param meaning one sentence for people
     */
    public record Reason(String reason, String meaning, long records) {}

    /**
     * One window.
     *
     * @param start inclusive
     * @param end exclusive
     * @param isFinal no event can change it any more
     * @param total null when another instance owns it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Window(
            String start,
            String end,
            boolean isFinal,
            @Nullable Line total,
            Ranking sources,
            Ranking campaigns,
            Ranking products) {}

    /**
     * The keys of one dimension with most visitors.
     *
     * @param keys how many keys there are, of which {@code lines} are the first
     */
    public record Ranking(long keys, List<Line> lines) {}

    /**
     * The figures of one key.
     *
     * @param reliable false on fewer visitors than {@code minVisitors}
     * @param ratios null where the denominator is zero
     */
    public record Line(
            @Nullable String product,
            @Nullable String source,
            @Nullable String campaign,
            boolean reliable,
            Map<String, Long> measures,
            Map<String, @Nullable Double> ratios) {}
}
