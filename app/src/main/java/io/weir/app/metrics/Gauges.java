package io.weir.app.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;

/** Short ways to write gauges. */
final class Gauges {
    private Gauges() {}

    static GaugeSnapshot of(String name, String help, List<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }

    /** A gauge without labels. */
    static GaugeSnapshot of(String name, String help, double value) {
        return of(name, help, List.of(point(value, Labels.EMPTY)));
    }

    static GaugeDataPointSnapshot point(double value, Labels labels) {
        return new GaugeDataPointSnapshot(value, labels, null);
    }
}
