package io.weir.app.metrics;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.figures.Figure;
import io.weir.app.figures.Ranking;
import io.weir.app.pipeline.ClientSettings;
import io.weir.domain.Dimension;
import java.util.Comparator;

/**
 * What the metrics are told.
 *
 * @param currency ISO 4217 code of the reporting currency
 * @param minVisitors ratios on fewer visitors are unreliable
 * @param generated the figures are of generated traffic
 * @param version of Weir
 * @param commitIntervalMs how often a stream thread commits
 * @param order the most important keys first: which have series of their own
 * @param products about how many products have, and so on for the other dimensions; see {@link ListedKeys}
 */
public record MetricsSettings(
        String currency,
        long minVisitors,
        boolean generated,
        String version,
        long commitIntervalMs,
        Comparator<Figure> order,
        int products,
        int sources,
        int productSources,
        int campaigns) {

    /** As configured. */
    public static MetricsSettings of(WeirConfig config, boolean generated, String version) {
        return new MetricsSettings(
                config.currency(),
                config.minVisitors(),
                generated,
                version,
                ClientSettings.commitIntervalMs(config),
                order(config),
                config.number(ConfigKeys.METRICS_PRODUCTS),
                config.number(ConfigKeys.METRICS_SOURCES),
                config.number(ConfigKeys.METRICS_PRODUCT_SOURCES),
                config.number(ConfigKeys.METRICS_CAMPAIGNS));
    }

    /** The most important keys first, as configured. */
    public static Comparator<Figure> order(WeirConfig config) {
        return Ranking.by(
                config.text(ConfigKeys.METRICS_RANK_BY),
                true,
                config.defaultMargin().doubleValue());
    }

    int limit(Dimension dimension) {
        return switch (dimension) {
            case TOTAL -> 1;
            case PRODUCT -> products;
            case SOURCE -> sources;
            case PRODUCT_SOURCE -> productSources;
            case CAMPAIGN -> campaigns;
        };
    }
}
