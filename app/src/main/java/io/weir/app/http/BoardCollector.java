package io.weir.app.http;

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
import io.weir.app.figures.Figure;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.app.figures.Ranking;
import io.weir.domain.Dimension;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The board as Prometheus metrics, read when they are scraped, so that nothing is kept twice. Thread-safe.
 *
 * <p>No metric names a visitor or an order.
 */
final class BoardCollector implements MultiCollector {
    private static final Comparator<Figure> BY_VISITORS = Ranking.by(Measure.VISITORS.label(), true, 1);

    private final LiveFigures live;
    private final BoardSettings settings;

    BoardCollector(LiveFigures live, BoardSettings settings) {
        this.live = live;
        this.settings = settings;
    }

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(currency());
        metrics.add(events());
        metrics.add(streamTimes());
        OptionalLong watermarkMs = live.watermarkMs();
        if (watermarkMs.isPresent()) {
            metrics.add(gauge(
                    "weir_watermark_timestamp_seconds",
                    "Event time up to which this instance's figures are complete.",
                    List.of(point(watermarkMs.getAsLong() / 1000.0, Labels.EMPTY))));
        }
        metrics.addAll(figures());
        return new MetricSnapshots(metrics);
    }

    private InfoSnapshot currency() {
        return new InfoSnapshot(
                new MetricMetadata("weir_reporting_currency", "The currency of all money in these metrics."),
                List.of(new InfoDataPointSnapshot(Labels.of("currency", settings.currency()))));
    }

    /** Reasons that never occurred are there as zeros: the first increase of a series that appears is invisible. */
    private CounterSnapshot events() {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        live.inputs().forEach((partition, progress) -> {
            for (EventType input : EventType.values()) {
                addEvents(points, partition.toString(), input, progress.ledger());
            }
        });
        return new CounterSnapshot(
                new MetricMetadata("weir_events", "Records read since the first start, by what became of them."),
                points);
    }

    private static void addEvents(
            List<CounterDataPointSnapshot> points, String partition, EventType input, Ledger ledger) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.REJECTED) {
                Labels labels = eventLabels(input, outcome, "", partition);
                points.add(new CounterDataPointSnapshot(ledger.get(input, outcome), labels, null, 0));
            }
        }
        for (Rejection reason : Rejection.values()) {
            Labels labels = eventLabels(input, Outcome.REJECTED, reason.label(), partition);
            points.add(new CounterDataPointSnapshot(ledger.get(input, reason), labels, null, 0));
        }
    }

    private static Labels eventLabels(EventType input, Outcome outcome, String reason, String partition) {
        return Labels.of("input", input.plural(), "outcome", outcome.label(), "reason", reason, "partition", partition);
    }

    private GaugeSnapshot streamTimes() {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        live.inputs().forEach((partition, progress) -> {
            if (progress.streamTimeMs() != Long.MIN_VALUE) {
                points.add(point(progress.streamTimeMs() / 1000.0, Labels.of("partition", partition.toString())));
            }
        });
        return gauge(
                "weir_stream_time_timestamp_seconds", "Greatest event time accepted on the input partition.", points);
    }

    private List<MetricSnapshot> figures() {
        FigureGauges shop = new FigureGauges("weir_shop", "the whole shop");
        FigureGauges sources = new FigureGauges("weir_source", "each source");
        FigureGauges products = new FigureGauges("weir_product", "each product");
        for (Period period : Period.values()) {
            shop.addTotal(period, rows(period, Dimension.TOTAL));
            sources.addRanking(
                    period,
                    "source",
                    rows(period, Dimension.SOURCE),
                    row -> blankIfNull(row.key().source()));
            products.addRanking(
                    period,
                    "product",
                    rows(period, Dimension.PRODUCT),
                    row -> blankIfNull(row.key().productId()));
        }
        List<MetricSnapshot> figures = new ArrayList<>(shop.snapshots());
        figures.addAll(sources.snapshots());
        figures.addAll(products.snapshots());
        return figures;
    }

    private List<Figure> rows(Period period, Dimension dimension) {
        return live.standing(period, dimension, BY_VISITORS, Integer.MAX_VALUE).rows();
    }

    private static String blankIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static GaugeSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return new GaugeDataPointSnapshot(value, labels, null);
    }
}
