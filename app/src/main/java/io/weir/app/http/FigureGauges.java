package io.weir.app.http;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.weir.app.figures.Figure;
import io.weir.app.figures.Period;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The figures of one dimension as gauges, one metric for each measure; money in whole units. Used for one scrape by one
 * thread.
 *
 * <p>A label's values come from outside, so their number is limited: beyond {@link #MOST_KEYS} keys the rest are summed
 * as {@link #OTHER}, without visitors and buyers, which do not add up over keys.
 */
final class FigureGauges {
    static final int MOST_KEYS = 100;
    static final String OTHER = "__other__";

    private static final double MICROS = 1_000_000;
    private static final String MICROS_SUFFIX = "_micros";

    private final String prefix;
    private final String about;
    private final Map<Measure, List<GaugeDataPointSnapshot>> points = new EnumMap<>(Measure.class);

    /**
     * @param prefix of the metrics' names, such as {@code weir_source}
     * @param about ends the sentence "… of": what each value is about
     */
    FigureGauges(String prefix, String about) {
        this.prefix = prefix;
        this.about = about;
    }

    /** Adds rows whose only labels are the window's. */
    void addTotal(Period period, List<Figure> rows) {
        for (Figure row : rows) {
            addAll(Labels.of("window", period.label()), row.measures());
        }
    }

    /**
     * Adds the rows of one window.
     *
     * @param rows the most important first
     * @param key the value of the label in a row; a row that calls itself {@link #OTHER} is summed with the others
     */
    void addRanking(Period period, String label, List<Figure> rows, Function<Figure, String> key) {
        Measures others = Measures.ZERO;
        int listed = 0;
        for (Figure row : rows) {
            String value = key.apply(row);
            if (listed < MOST_KEYS && !value.equals(OTHER)) {
                addAll(Labels.of(label, value, "window", period.label()), row.measures());
                listed++;
            } else {
                others = others.plus(row.measures());
            }
        }
        if (listed < rows.size()) {
            Labels labels = Labels.of(label, OTHER, "window", period.label());
            for (Measure measure : Measure.values()) {
                if (measure != Measure.VISITORS && measure != Measure.BUYERS) {
                    add(measure, labels, others);
                }
            }
        }
    }

    private void addAll(Labels labels, Measures measures) {
        for (Measure measure : Measure.values()) {
            add(measure, labels, measures);
        }
    }

    private void add(Measure measure, Labels labels, Measures measures) {
        double value = measures.get(measure) / (isMoney(measure) ? MICROS : 1);
        points.computeIfAbsent(measure, none -> new ArrayList<>()).add(new GaugeDataPointSnapshot(value, labels, null));
    }

    /** The metrics that have at least one value. */
    List<MetricSnapshot> snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        points.forEach((measure, values) -> snapshots.add(new GaugeSnapshot(metadata(measure), values)));
        return snapshots;
    }

    private MetricMetadata metadata(Measure measure) {
        String name = isMoney(measure) ? measure.label().replace(MICROS_SUFFIX, "") : measure.label();
        String unit = isMoney(measure) ? ", in the reporting currency" : "";
        return new MetricMetadata(
                prefix + "_" + name, "Current " + name.replace('_', ' ') + " of " + about + unit + ".");
    }

    private static boolean isMoney(Measure measure) {
        return measure.label().endsWith(MICROS_SUFFIX);
    }
}
