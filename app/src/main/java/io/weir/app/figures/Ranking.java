package io.weir.app.figures;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Ratios;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What figures can be ranked by: every measure by its label, and every ratio by its name. */
public final class Ranking {
    private static final Map<String, Measure> MEASURES = new LinkedHashMap<>();
    private static final Map<String, Ratio> RATIOS = new LinkedHashMap<>();

    private interface Ratio {
        OptionalDouble of(Ratios ratios, double margin);
    }

    static {
        for (Measure measure : Measure.values()) {
            MEASURES.put(measure.label(), measure);
        }
        RATIOS.put("conversion_rate", (ratios, margin) -> ratios.conversionRate());
        RATIOS.put("revenue_per_buyer", (ratios, margin) -> ratios.revenuePerBuyer());
        RATIOS.put("visitor_value", (ratios, margin) -> ratios.visitorValue());
        RATIOS.put("visitor_cost", (ratios, margin) -> ratios.visitorCost());
        RATIOS.put("cost_per_click", (ratios, margin) -> ratios.costPerClick());
        RATIOS.put("landing_rate", (ratios, margin) -> ratios.landingRate());
        RATIOS.put("roas", (ratios, margin) -> ratios.roas());
        RATIOS.put("roi", Ratios::roi);
    }

    private Ranking() {}

    /** All that {@link #by} knows. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(MEASURES.keySet());
        names.addAll(RATIOS.keySet());
        return names;
    }

    /** The names of the ratios, with their values where they are defined. */
    public static Map<String, OptionalDouble> ratios(Measures measures, double margin) {
        Ratios ratios = new Ratios(measures);
        Map<String, OptionalDouble> byName = new LinkedHashMap<>();
        RATIOS.forEach((name, ratio) -> byName.put(name, ratio.of(ratios, margin)));
        return byName;
    }

    /**
     * The order of figures by a measure or ratio. Undefined ratios come last either way; equal figures come in the order
     * of their keys.
     *
     * @param name one of {@link #names}
     * @param margin gross profit as a share of revenue, for ROI
     */
    public static Comparator<Figure> by(String name, boolean descending, double margin) {
        Measure measure = MEASURES.get(name);
        if (measure != null) {
            Comparator<Figure> order =
                    Comparator.comparingLong(figure -> figure.measures().get(measure));
            return byKey(descending ? order.reversed() : order);
        }
        Ratio ratio = RATIOS.get(name);
        if (ratio == null) {
            throw new IllegalArgumentException("figures cannot be ranked by " + name);
        }
        double undefined = descending ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        Comparator<Figure> order = Comparator.comparingDouble(
                figure -> ratio.of(new Ratios(figure.measures()), margin).orElse(undefined));
        return byKey(descending ? order.reversed() : order);
    }

    private static Comparator<Figure> byKey(Comparator<Figure> order) {
        return order.thenComparing(Figure::key, DimensionKey.ORDER);
    }
}
