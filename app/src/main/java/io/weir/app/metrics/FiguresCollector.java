package io.weir.app.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.app.figures.LiveFigures;
import io.weir.domain.Dimension;
import java.util.ArrayList;
import java.util.List;

/** The figures of the partitions that this instance owns, read when they are scraped. Thread-safe. */
final class FiguresCollector implements MultiCollector {
    private final LiveFigures live;
    private final List<DimensionGauges> dimensions = new ArrayList<>();

    FiguresCollector(LiveFigures live, MetricsSettings settings) {
        this.live = live;
        for (Dimension dimension : Dimension.values()) {
            dimensions.add(new DimensionGauges(dimension, settings.order(), settings.limit(dimension)));
        }
    }

    @Override
    public synchronized MetricSnapshots collect() {
        List<MetricSnapshot> metrics = new ArrayList<>();
        List<DimensionGauges.Count> counts = new ArrayList<>();
        dimensions.forEach(gauges -> gauges.collect(live, metrics, counts));
        metrics.add(Gauges.of(
                "weir_keys",
                "Dimension keys that have a figure other than zero.",
                counts.stream()
                        .map(count -> Gauges.point(count.all(), count.labels()))
                        .toList()));
        metrics.add(Gauges.of(
                "weir_folded_keys",
                "Of these, how many have no series of their own and are summed as __other__.",
                counts.stream()
                        .map(count -> Gauges.point(count.folded(), count.labels()))
                        .toList()));
        return new MetricSnapshots(metrics);
    }
}
