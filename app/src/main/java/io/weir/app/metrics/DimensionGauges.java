package io.weir.app.metrics;

import static java.util.Objects.requireNonNull;

import io.weir.app.figures.Figure;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.app.figures.Standing;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.ExactSums;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one dimension as gauges, a metric for each measure; money in whole units. Not thread-safe.
 *
 * <p>Label values come from outside, so their number is limited: what is not among the {@link ListedKeys} is summed as
 * {@link LabelValue#OTHER}, without visitors and buyers, which do not add up over keys. Listed and others are disjoint,
 * so that a sum over a metric's series is the sum over all keys. A sum that is {@link ExactSums#BEYOND} has no series.
 */
final class DimensionGauges {
    private static final String MICROS_SUFFIX = "_micros";
    private static final Measure[] MEASURES = Measure.values();

    private final Dimension dimension;
    private final Comparator<Figure> order;
    private final ListedKeys keys;
    private final SeriesKey others;
    private final Map<Measure, GaugeText.Name> names = new EnumMap<>(Measure.class);

    /** How many keys a window has, and how many of them have no series of their own. */
    record Count(Dimension dimension, Period period, long all, long folded) {
        GaugeText.Labels labels() {
            return GaugeText.Labels.of(List.of("dimension", "window"), List.of(name(dimension), period.label()));
        }
    }

    /** One point of each of the gauges; none of those that are {@link ExactSums#BEYOND}. */
    private record Points(GaugeText.Labels labels, Measures measures) {}

    /** @param limit about how many keys have series of their own; see {@link ListedKeys} */
    DimensionGauges(Dimension dimension, Comparator<Figure> order, int limit) {
        this.dimension = dimension;
        this.order = order;
        this.keys = new ListedKeys(limit);
        this.others = SeriesKey.others(dimension);
        for (Measure measure : MEASURES) {
            names.put(measure, gaugeName(dimension, measure));
        }
    }

    /** The dimension without a key is called shop here, so that no gauge's name ends in total. */
    static String name(Dimension dimension) {
        return dimension == Dimension.TOTAL ? "shop" : dimension.label();
    }

    private static GaugeText.Name gaugeName(Dimension dimension, Measure measure) {
        String name = isMoney(measure) ? measure.label().replace(MICROS_SUFFIX, "") : measure.label();
        String unit = isMoney(measure) ? ", in the reporting currency" : "";
        String about = name(dimension).replace('_', ' ');
        return new GaugeText.Name(
                "weir_" + name(dimension) + "_" + name,
                "Current " + name.replace('_', ' ') + " by " + about + unit + ".");
    }

    private static boolean isMoney(Measure measure) {
        return measure.label().endsWith(MICROS_SUFFIX);
    }

    /** Writes the gauges that have a value; returns how many keys there are. */
    List<Count> write(LiveFigures live, GaugeText text) {
        // While the day's ranking is not known, as when partitions are at different minutes, the keys stay.
        if (live.span(Period.DAY).isPresent() || keys.listed().isEmpty()) {
            keys.update(ranking(live));
        }
        List<Count> counts = new ArrayList<>();
        List<Points> points = new ArrayList<>();
        for (Period period : Period.values()) {
            live.read(
                            period,
                            Long.MAX_VALUE,
                            span -> live.standing(
                                    period, dimension, keys.listed().keySet()))
                    .ifPresent(standing -> counts.add(add(standing, period, points)));
        }
        if (!points.isEmpty()) {
            names.forEach((measure, name) -> write(measure, name, points, text));
        }
        return counts;
    }

    private static void write(Measure measure, GaugeText.Name name, List<Points> points, GaugeText text) {
        boolean isMoney = isMoney(measure);
        text.begin(name);
        for (Points each : points) {
            long value = each.measures.get(measure);
            if (value != ExactSums.BEYOND) {
                if (isMoney) {
                    text.addMicros(each.labels, value);
                } else {
                    text.add(each.labels, value);
                }
            }
        }
    }

    /**
     * One ranking for all windows, so that a key has all of its series or none: by the day until the last whole minute.
     * Where that leaves room, keys follow that are in today's window only, as one is in its first minute.
     */
    private List<Figure> ranking(LiveFigures live) {
        List<Figure> ranking = standing(live, Period.DAY);
        if (ranking.size() >= keys.depth()) {
            return ranking;
        }
        Map<DimensionKey, Figure> all = new LinkedHashMap<>();
        ranking.forEach(figure -> all.put(figure.key(), figure));
        standing(live, Period.TODAY).forEach(figure -> all.putIfAbsent(figure.key(), figure));
        return all.values().stream().limit(keys.depth()).toList();
    }

    private List<Figure> standing(LiveFigures live, Period period) {
        return live.standing(period, dimension, order, keys.depth()).rows();
    }

    private Count add(Standing standing, Period period, List<Points> points) {
        long folded = standing.keys();
        long[] rest = standing.sum().toArray();
        for (Figure figure : standing.rows()) {
            Measures measures = figure.measures();
            SeriesKey series = requireNonNull(keys.listed().get(figure.key()));
            points.add(new Points(series.labels(period), measures));
            for (Measure measure : MEASURES) {
                rest[measure.ordinal()] -= measures.get(measure);
            }
            folded -= measures.isZero() ? 0 : 1;
        }
        if (folded > 0) {
            for (Measure measure : MEASURES) {
                boolean known = standing.sum().get(measure) != ExactSums.BEYOND;
                if (!known || measure == Measure.VISITORS || measure == Measure.BUYERS) {
                    rest[measure.ordinal()] = ExactSums.BEYOND;
                }
            }
            points.add(new Points(others.labels(period), Measures.of(rest)));
        }
        return new Count(dimension, period, standing.keys(), folded);
    }
}
