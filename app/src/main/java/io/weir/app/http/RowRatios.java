package io.weir.app.http;

import io.weir.app.figures.Ranking;
import io.weir.domain.Measures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ratios of one row by name, as the API shows them: in the units of {@link Ratios}, null where undefined. */
final class RowRatios {
    private RowRatios() {}

    /** @param margin gross profit as a share of revenue */
    static Map<String, @Nullable Double> of(Measures measures, double margin) {
        Map<String, @Nullable Double> byName = new LinkedHashMap<>();
        Ranking.ratios(measures, margin)
                .forEach((name, ratio) -> byName.put(name, ratio.isEmpty() ? null : ratio.getAsDouble()));
        return byName;
    }
}
