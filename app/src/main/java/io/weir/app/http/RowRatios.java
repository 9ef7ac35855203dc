package io.weir.app.http;

import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ratios of one row, by name. Those of money are in whole units of the reporting currency; a ratio whose
 * denominator is zero is null.
 */
final class RowRatios {
    private static final double MICROS = 1_000_000;

    private RowRatios() {}

    /** @param margin gross profit as a share of revenue */
    static Map<String, @Nullable Double> of(Measures measures, double margin) {
        double revenue = measures.get(Measure.REVENUE_MICROS) / MICROS;
        double cost = measures.get(Measure.COST_MICROS) / MICROS;
        double visitors = (double) measures.get(Measure.VISITORS);
        double buyers = (double) measures.get(Measure.BUYERS);
        double clicks = (double) measures.get(Measure.CLICKS);
        Map<String, @Nullable Double> ratios = new LinkedHashMap<>();
        ratios.put("conversion_rate", divide(buyers, visitors));
        ratios.put("revenue_per_buyer", divide(revenue, buyers));
        ratios.put("visitor_value", divide(revenue, visitors));
        ratios.put("visitor_cost", divide(cost, visitors));
        ratios.put("cost_per_click", divide(cost, clicks));
        ratios.put("landing_rate", divide((double) measures.get(Measure.LANDINGS), clicks));
        ratios.put("roas", divide(revenue, cost));
        ratios.put("roi", divide(revenue * margin - cost, cost));
        return ratios;
    }

    private static @Nullable Double divide(double numerator, double denominator) {
        return denominator == 0 ? null : numerator / denominator;
    }
}
