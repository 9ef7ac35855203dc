package io.weir.app.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.app.figures.LiveFigures;
import io.weir.domain.EventType;
import io.weir.topology.PartitionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How the pipeline is and how far it has come, read when it is scraped. Thread-safe. */
final class PipelineCollector implements MultiCollector {
    private static final double MS_PER_SECOND = 1000.0;

    private final LiveFigures live;
    private final CommittedProgress committed;
    private final MetricsSettings settings;
    private volatile @Nullable Vitals vitals;

    /** @param committed what counters show */
    PipelineCollector(LiveFigures live, CommittedProgress committed, MetricsSettings settings) {
        this.live = live;
        this.committed = committed;
        this.settings = settings;
    }

    /** From now on there is a pipeline. */
    void observe(Vitals pipeline) {
        vitals = pipeline;
    }

    @Override
    public MetricSnapshots collect() {
        Map<Integer, PartitionProgress> inputs = live.inputs();
        List<MetricSnapshot> metrics = new ArrayList<>();
        addConstants(metrics);
        metrics.add(EventCounters.of(committed.inputs()));
        metrics.addAll(SourceCounters.of(committed.facts()));
        addTimes(metrics, inputs);
        metrics.add(Gauges.of(
                "weir_owned_partitions",
                "Partitions that this instance reads, and whose totals it holds.",
                List.of(
                        Gauges.point(inputs.size(), Labels.of("kind", "input")),
                        Gauges.point(live.ownedTotals().size(), Labels.of("kind", "totals")))));
        Vitals pipeline = vitals;
        metrics.add(Gauges.of(
                "weir_ready",
                "1 while every partition that this instance owns is restored and read.",
                pipeline != null && pipeline.isReady() ? 1 : 0));
        if (pipeline != null) {
            addVitals(metrics, inputs, pipeline);
        }
        return new MetricSnapshots(metrics);
    }

    private void addConstants(List<MetricSnapshot> metrics) {
        metrics.add(info("weir_build", "The version of Weir.", Labels.of("version", settings.version())));
        metrics.add(info(
                "weir_reporting_currency",
                "The currency of all money in these metrics.",
                Labels.of("currency", settings.currency())));
        metrics.add(Gauges.of("weir_min_visitors", "A ratio on fewer visitors is unreliable.", settings.minVisitors()));
        metrics.add(Gauges.of(
                "weir_generated_traffic",
                "1 where the figures are of generated traffic.",
                settings.generated() ? 1 : 0));
    }

    private static InfoSnapshot info(String name, String help, Labels labels) {
        return new InfoSnapshot(new MetricMetadata(name, help), List.of(new InfoDataPointSnapshot(labels)));
    }

    private void addTimes(List<MetricSnapshot> metrics, Map<Integer, PartitionProgress> inputs) {
        OptionalLong watermarkMs = live.watermarkMs();
        if (watermarkMs.isPresent()) {
            metrics.add(Gauges.of(
                    "weir_watermark_timestamp_seconds",
                    "Event time up to which this instance's figures are complete.",
                    watermarkMs.getAsLong() / MS_PER_SECOND));
        }
        List<GaugeDataPointSnapshot> streamTimes = new ArrayList<>();
        inputs.forEach((partition, progress) -> {
            if (progress.streamTimeMs() != Long.MIN_VALUE) {
                Labels labels = Labels.of("partition", partition.toString());
                streamTimes.add(Gauges.point(progress.streamTimeMs() / MS_PER_SECOND, labels));
            }
        });
        metrics.add(Gauges.of(
                "weir_stream_time_timestamp_seconds",
                "Greatest event time accepted on the input partition.",
                streamTimes));
    }

    private static void addVitals(
            List<MetricSnapshot> metrics, Map<Integer, PartitionProgress> inputs, Vitals pipeline) {
        metrics.add(Gauges.of(
                "weir_partitions", "How many partitions each input has, and the totals have.", pipeline.partitions()));
        metrics.add(Gauges.of(
                "weir_restore_remaining_records",
                "Records of changelogs that are still to be read into the stores.",
                pipeline.restoreRemaining()));
        metrics.add(new CounterSnapshot(
                new MetricMetadata(
                        "weir_stream_thread_restarts", "How often a stream thread of this process started again."),
                List.of(new CounterDataPointSnapshot(pipeline.threadRestarts(), Labels.EMPTY, null, 0))));
        metrics.add(lag(inputs, pipeline));
    }

    private static GaugeSnapshot lag(Map<Integer, PartitionProgress> inputs, Vitals pipeline) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        inputs.forEach((partition, progress) -> {
            for (EventType input : EventType.values()) {
                OptionalLong lag = pipeline.waiting(input, partition, progress.nextOffset(input));
                if (lag.isPresent()) {
                    Labels labels = Labels.of("input", input.plural(), "partition", partition.toString());
                    points.add(Gauges.point(lag.getAsLong(), labels));
                }
            }
        });
        return Gauges.of(
                "weir_consumer_lag_records", "Records of the input partition that have not been read yet.", points);
    }
}
