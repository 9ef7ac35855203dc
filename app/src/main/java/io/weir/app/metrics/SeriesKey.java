package io.weir.app.metrics;

import io.weir.app.figures.Period;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels of one dimension key's series, made once: they are the same for every measure and scrape. */
final class SeriesKey {
    private final List<String> values;
    private final List<GaugeText.Labels> byPeriod = new ArrayList<>();

    private SeriesKey(List<String> names, List<String> values) {
        this.values = values;
        for (Period period : Period.values()) {
            List<String> allNames = new ArrayList<>(names);
            List<String> allValues = new ArrayList<>(values);
            allNames.add("window");
            allValues.add(period.label());
            byPeriod.add(GaugeText.Labels.of(allNames, allValues));
        }
    }

    static SeriesKey of(DimensionKey key) {
        List<String> values = new ArrayList<>();
        add(values, key.campaignId());
        add(values, key.productId());
        add(values, key.source());
        return new SeriesKey(names(key.dimension()), values);
    }

    /** All keys of the dimension that have no series of their own. */
    static SeriesKey others(Dimension dimension) {
        List<String> names = names(dimension);
        return new SeriesKey(names, names.stream().map(name -> LabelValue.OTHER).toList());
    }

    /** Whether the key's labels would say that it is others. */
    static boolean isCalledOthers(DimensionKey key) {
        return LabelValue.OTHER.equals(key.productId())
                || LabelValue.OTHER.equals(key.source())
                || LabelValue.OTHER.equals(key.campaignId());
    }

    /** What the key's parts are called; of two keys with the same values one only can have series. */
    List<String> values() {
        return values;
    }

    GaugeText.Labels labels(Period period) {
        return byPeriod.get(period.ordinal());
    }

    /** In alphabetical order, as the client library writes them. */
    private static List<String> names(Dimension dimension) {
        return switch (dimension) {
            case TOTAL -> List.of();
            case PRODUCT -> List.of("product");
            case SOURCE -> List.of("source");
            case PRODUCT_SOURCE -> List.of("product", "source");
            case CAMPAIGN -> List.of("campaign", "source");
        };
    }

    private static void add(List<String> values, @Nullable String part) {
        if (part != null) {
            values.add(LabelValue.of(part));
        }
    }
}
