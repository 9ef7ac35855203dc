package io.weir.app.http;

import io.weir.domain.Measures;
import io.weir.domain.Ratios;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The ratios of one row by name, as the API shows them: in the units of {@link Ratios}, null where undefined. */
final class RowRatios {
    private RowRatios() {}

    /** @param margin gross profit as a share of revenue */
    static Map<String, @Nullable Double> of(Measures measures, double margin) {
        Ratios ratios = new Ratios(measures);
        Map<String, @Nullable Double> byName = new LinkedHashMap<>();
        byName.put("conversion_rate", orNull(ratios.conversionRate()));
        byName.put("revenue_per_buyer", orNull(ratios.revenuePerBuyer()));
        byName.put("visitor_value", orNull(ratios.visitorValue()));
        byName.put("visitor_cost", orNull(ratios.visitorCost()));
        byName.put("cost_per_click", orNull(ratios.costPerClick()));
        byName.put("landing_rate", orNull(ratios.landingRate()));
        byName.put("roas", orNull(ratios.roas()));
        byName.put("roi", orNull(ratios.roi(margin)));
        return byName;
    }

    private static @Nullable Double orNull(OptionalDouble ratio) {
        return ratio.isEmpty() ? null : ratio.getAsDouble();
    }
}
