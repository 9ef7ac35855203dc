package io.weir.app.metrics;

import io.weir.app.figures.LiveFigures;
import io.weir.domain.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The figures of the partitions that this instance owns, read when they are scraped. Thread-safe.
 *
 * <p>They are written as {@link GaugeText} and not collected in the registry, as the other metrics are: there can be far
 * more than 100,000 series of them.
 */
final class FigureGauges {
    private final LiveFigures live;
    private final List<DimensionGauges> dimensions = new ArrayList<>();

    FigureGauges(LiveFigures live, MetricsSettings settings) {
        this.live = live;
        for (Dimension dimension : Dimension.values()) {
            dimensions.add(new DimensionGauges(dimension, settings.order(), settings.limit(dimension)));
        }
    }

    synchronized void write(GaugeText text) {
        List<DimensionGauges.Count> counts = new ArrayList<>();
        dimensions.forEach(gauges -> counts.addAll(gauges.write(live, text)));
        write(
                new GaugeText.Name("weir_keys", "Dimension keys that have a figure other than zero."),
                counts,
                DimensionGauges.Count::all,
                text);
        write(
                new GaugeText.Name(
                        "weir_folded_keys",
                        "Of these, how many have no series of their own and are summed as __other__."),
                counts,
                DimensionGauges.Count::folded,
                text);
    }

    private static void write(
            GaugeText.Name name,
            List<DimensionGauges.Count> counts,
            ToLongFunction<DimensionGauges.Count> value,
            GaugeText text) {
        text.begin(name);
        counts.forEach(count -> text.add(count.labels(), value.applyAsLong(count)));
    }
}
