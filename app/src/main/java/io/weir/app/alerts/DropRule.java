package io.weir.app.alerts;

import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must not drop, and compared with what. */
enum DropRule {
    CONVERSION_DROP(
            AlertName.CONVERSION_DROP,
            Set.of(Dimension.TOTAL, Dimension.SOURCE, Dimension.PRODUCT),
            Measure.PAYMENTS,
            Measure.VISITS,
            Measure.PAYMENTS,
            0.4,
            30,
            false),
    BEST_SELLER_WITHOUT_PAYMENTS(
            AlertName.BEST_SELLER_WITHOUT_PAYMENTS,
            Set.of(Dimension.PRODUCT),
            Measure.PAYMENTS,
            null,
            Measure.PAYMENTS,
            1,
            60,
            false),
    TRAFFIC_GONE(AlertName.TRAFFIC_GONE, Set.of(Dimension.SOURCE), Measure.VISITS, null, Measure.VISITS, 0.9, 60, true),
    SPEND_WITHOUT_LANDINGS(
            AlertName.SPEND_WITHOUT_LANDINGS,
            Set.of(Dimension.SOURCE),
            Measure.LANDINGS,
            Measure.CLICKS,
            Measure.VISITS,
            0.5,
            60,
            false);

    private final AlertName alertName;
    private final Set<Dimension> dimensions;
    private final Measure counted;
    private final @Nullable Measure per;
    private final Measure control;
    private final double leastDrop;
    private final long shortestMs;
    private final boolean sudden;

    /**
     * @param counted what must not drop
     * @param per what it comes from; null for what comes by itself
     * @param control what the other keys of the dimension must go on having meanwhile, or it is no matter of this key
     * @param leastDrop by which share of what is expected, at least
     * @param shortestSeconds the shortest stretch of time that is looked at
     * @param sudden compared with the last minutes before as well: a slow decline is none
     */
    DropRule(
            AlertName alertName,
            Set<Dimension> dimensions,
            Measure counted,
            @Nullable Measure per,
            Measure control,
            double leastDrop,
            int shortestSeconds,
            boolean sudden) {
        this.alertName = alertName;
        this.dimensions = dimensions;
        this.counted = counted;
        this.per = per;
        this.control = control;
        this.leastDrop = leastDrop;
        this.shortestMs = shortestSeconds * 1_000L;
        this.sudden = sudden;
    }

    AlertName alertName() {
        return alertName;
    }

    boolean appliesTo(Dimension dimension) {
        return dimensions.contains(dimension);
    }

    Measure counted() {
        return counted;
    }

    @Nullable
    Measure per() {
        return per;
    }

    Measure control() {
        return control;
    }

    double leastDrop() {
        return leastDrop;
    }

    long shortestMs() {
        return shortestMs;
    }

    boolean isSudden() {
        return sudden;
    }
}
