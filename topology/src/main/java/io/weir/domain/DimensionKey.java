package io.weir.domain;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One value of one dimension: a product, a source, a product with a source, a campaign within its source, or all.
 *
 * <p>The parts that the dimension lacks are null.
 */
public record DimensionKey(
        Dimension dimension,
        @Nullable String productId,
        @Nullable String source,
        @Nullable String campaignId) {

    public static final DimensionKey TOTAL = new DimensionKey(Dimension.TOTAL, null, null, null);

    /** By dimension label, product, source and campaign as strings, absent parts first. */
    public static final Comparator<DimensionKey> ORDER = Comparator.comparing(
                    (DimensionKey key) -> key.dimension.label(), CodePointOrder.INSTANCE)
            .thenComparing(key -> blankIfNull(key.productId), CodePointOrder.INSTANCE)
            .thenComparing(key -> blankIfNull(key.source), CodePointOrder.INSTANCE)
            .thenComparing(key -> blankIfNull(key.campaignId), CodePointOrder.INSTANCE);

    public static DimensionKey product(String productId) {
        return new DimensionKey(Dimension.PRODUCT, productId, null, null);
    }

    public static DimensionKey source(String source) {
        return new DimensionKey(Dimension.SOURCE, null, source, null);
    }

    public static DimensionKey productSource(String productId, String source) {
        return new DimensionKey(Dimension.PRODUCT_SOURCE, productId, source, null);
    }

    public static DimensionKey campaign(String source, String campaignId) {
        return new DimensionKey(Dimension.CAMPAIGN, null, source, campaignId);
    }

    private static String blankIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }
}
