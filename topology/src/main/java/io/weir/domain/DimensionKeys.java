package io.weir.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which something on a product, from a source and campaign counts: one of each {@link Dimension}, in its
 * order.
 *
 * <p>Like {@link DimensionKey}s, those made lately are kept and handed out again, so that an event's three texts are
 * compared once and not for each of its keys.
 */
final class DimensionKeys {
    /** Those made lately, each where its hash says. Threads may overwrite each other's: all in it are whole. */
    private static final DimensionKeys[] LATELY = new DimensionKeys[1 << 14];

    /** With more characters they are not kept, so that {@link #LATELY} takes some megabytes at most. */
    private static final int MOST_CHARACTERS_KEPT = 100;

    private final DimensionKey[] keys;
    private final int hash;

    private DimensionKeys(DimensionKey[] keys, int hash) {
        this.keys = keys;
        this.hash = hash;
    }

    /** The keys with these parts, without one by campaign where that is null; shared, so not to be changed. */
    static DimensionKey[] of(String productId, String source, @Nullable String campaignId) {
        int hash = 31 * (31 * productId.hashCode() + source.hashCode()) + Objects.hashCode(campaignId);
        int slot = (hash ^ hash >>> 14) & LATELY.length - 1;
        DimensionKeys lately = LATELY[slot];
        if (lately != null && lately.hash == hash && lately.hasParts(productId, source, campaignId)) {
            return lately.keys;
        }
        DimensionKeys made = new DimensionKeys(make(productId, source, campaignId), hash);
        int characters = productId.length() + source.length() + (campaignId == null ? 0 : campaignId.length());
        if (characters <= MOST_CHARACTERS_KEPT) {
            LATELY[slot] = made;
        }
        return made.keys;
    }

    private static DimensionKey[] make(String productId, String source, @Nullable String campaignId) {
        DimensionKey product = DimensionKey.product(productId);
        DimensionKey bySource = DimensionKey.source(source);
        DimensionKey productSource = DimensionKey.productSource(productId, source);
        return campaignId == null
                ? new DimensionKey[] {DimensionKey.TOTAL, product, bySource, productSource}
                : new DimensionKey[] {
                    DimensionKey.TOTAL, product, bySource, productSource, DimensionKey.campaign(source, campaignId)
                };
    }

    private boolean hasParts(String productId, String source, @Nullable String campaignId) {
        DimensionKey productSource = keys[Dimension.PRODUCT_SOURCE.ordinal()];
        int campaign = Dimension.CAMPAIGN.ordinal();
        return productId.equals(productSource.productId())
                && source.equals(productSource.source())
                && Objects.equals(campaignId, keys.length > campaign ? keys[campaign].campaignId() : null);
    }
}
