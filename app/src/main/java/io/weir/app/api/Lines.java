package io.weir.app.api;

import io.weir.app.figures.Figure;
import io.weir.app.figures.Ranking;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Ratios;
import io.weir.topology.WindowRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns figures into the lines that answers show. Thread-safe. */
final class Lines {
    private final int minVisitors;
    private final double margin;

    Lines(ShopSettings shop) {
        this.minVisitors = shop.minVisitors();
        this.margin = shop.margin();
    }

    Line of(DimensionKey key, Measures measures) {
        Map<String, Long> byLabel = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            byLabel.put(measure.label(), measures.get(measure));
        }
        Map<String, @Nullable Double> byName = new LinkedHashMap<>();
        Ranking.ratios(measures, margin)
                .forEach((name, ratio) -> byName.put(name, ratio.isEmpty() ? null : ratio.getAsDouble()));
        return new Line(
                key.productId(),
                key.source(),
                key.campaignId(),
                new Ratios(measures).isReliable(minVisitors),
                byLabel,
                byName);
    }

    List<Line> of(List<Figure> figures) {
        return figures.stream()
                .map(figure -> of(figure.key(), figure.measures()))
                .toList();
    }

    WindowLine of(WindowRow row) {
        return new WindowLine(
                time(row.startMs()), time(row.endMs()), row.revision(), row.isFinal(), of(row.key(), row.measures()));
    }

    /** ISO-8601 in UTC. */
    static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    /** ISO-8601 in UTC, null for none. */
    static @Nullable String timeOrNull(@Nullable Long ms) {
        return ms == null ? null : time(ms);
    }
}
