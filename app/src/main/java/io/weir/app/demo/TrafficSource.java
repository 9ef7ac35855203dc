package io.weir.app.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions of the generated shop come from.
 *
 * @param name null for visitors who type the address: their visits name no source
 * @param share of all sessions, relative to the other sources
 * @param campaigns may be empty; each product belongs to one campaign of a source
 * @param conversionFactor what a product's own conversion is multiplied by
 * @param orderValueFactor what a product's price is multiplied by: these visitors use more or fewer coupons
 * @param medianClickCostMicros 0 for a free source, which has no clicks
 * @param landingRate share of clicks that are followed by a visit
 */
record TrafficSource(
        @Nullable String name,
        double share,
        List<String> campaigns,
        double conversionFactor,
        double orderValueFactor,
        long medianClickCostMicros,
        double landingRate) {

    /** The sources of the generated shop: four paid ones first, then five free ones. */
    static final List<TrafficSource> ALL = List.of(
            paid("zhitongche", 0.24, 1.15, 1.00, 2_200_000, 0.94, "brand-terms", "category-terms", "long-tail-terms"),
            paid("zuanzhan", 0.14, 0.55, 0.95, 1_900_000, 0.81, "homepage-banner", "retargeting", "lookalike"),
            paid("wanxiangtai", 0.10, 0.80, 1.05, 2_200_000, 0.90, "smart-bidding", "new-products"),
            paid("douyin-ads", 0.09, 0.40, 0.85, 1_900_000, 0.72, "short-video", "live-room"),
            free("search", 0.20, 1.30, 1.00),
            free("weibo", 0.07, 0.45, 0.80),
            free("xiaohongshu", 0.06, 0.75, 1.15),
            free("email", 0.03, 1.90, 1.10, "newsletter", "cart-reminder"),
            free(null, 0.07, 1.50, 1.05));

    private static TrafficSource paid(
            String name,
            double share,
            double conversionFactor,
            double orderValueFactor,
            long medianClickCostMicros,
            double landingRate,
            String... campaigns) {
        return new TrafficSource(
                name,
                share,
                List.of(campaigns),
                conversionFactor,
                orderValueFactor,
                medianClickCostMicros,
                landingRate);
    }

    private static TrafficSource free(
            @Nullable String name,
            double share,
            double conversionFactor,
            double orderValueFactor,
            String... campaigns) {
        return new TrafficSource(name, share, List.of(campaigns), conversionFactor, orderValueFactor, 0, 1);
    }

    /** The name that figures show. */
    String label() {
        return name == null ? "direct" : name;
    }

    boolean isPaid() {
        return medianClickCostMicros > 0;
    }

    /** The campaign of this source that advertises the product of this rank; null when the source has none. */
    @Nullable
    String campaignOf(int productRank) {
        return campaigns.isEmpty() ? null : campaigns.get(productRank % campaigns.size());
    }
}
