package io.weir.domain;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value of one dimension: a product, a source, a product with a source, a campaign within its source, or all.
 *
 * <p>The parts that the dimension lacks are null. Equal keys are nearly always the same object: those made lately are
 * kept, and handed out again. So looking one up compares and hashes no texts, which cost a fifth of the pipeline's time;
 * see RATIONALE.md.
 */
public final class DimensionKey {
    public static final DimensionKey TOTAL = new DimensionKey(Dimension.TOTAL, null, null, null);

    /** The keys made lately, each where its hash says. Threads may overwrite each other's: every key in it is whole. */
    private static final DimensionKey[] LATELY = new DimensionKey[1 << 15];

    /** Keys with more characters are not kept, so that {@link #LATELY} takes some megabytes at most. */
    private static final int MOST_CHARACTERS_KEPT = 100;

    private static final Dimension[] DIMENSIONS = Dimension.values();

    /** By dimension label, product, source and campaign as strings, absent parts first. */
    public static final Comparator<DimensionKey> ORDER = Comparator.comparing(
                    (DimensionKey key) -> key.dimension.label(), CodePointOrder.INSTANCE)
            .thenComparing(key -> blankIfNull(key.productId), CodePointOrder.INSTANCE)
            .thenComparing(key -> blankIfNull(key.source), CodePointOrder.INSTANCE)
            .thenComparing(key -> blankIfNull(key.campaignId), CodePointOrder.INSTANCE);

    private final Dimension dimension;
    private final @Nullable String productId;
    private final @Nullable String source;
    private final @Nullable String campaignId;
    private final int hash;

    private DimensionKey(
            Dimension dimension, @Nullable String productId, @Nullable String source, @Nullable String campaignId) {
        this.dimension = dimension;
        this.productId = productId;
        this.source = source;
        this.campaignId = campaignId;
        this.hash = hash(dimension, productId, source, campaignId);
    }

    /** The key with these parts; those that the dimension lacks must be null. */
    public static DimensionKey of(
            Dimension dimension, @Nullable String productId, @Nullable String source, @Nullable String campaignId) {
        int hash = hash(dimension, productId, source, campaignId);
        int slot = (hash ^ hash >>> 15) & LATELY.length - 1;
        DimensionKey lately = LATELY[slot];
        if (lately != null && lately.hash == hash && lately.hasParts(dimension, productId, source, campaignId)) {
            return lately;
        }
        DimensionKey key = new DimensionKey(dimension, productId, source, campaignId);
        if (length(productId) + length(source) + length(campaignId) <= MOST_CHARACTERS_KEPT) {
            LATELY[slot] = key;
        }
        return key;
    }

    public static DimensionKey product(String productId) {
        return of(Dimension.PRODUCT, productId, null, null);
    }

    public static DimensionKey source(String source) {
        return of(Dimension.SOURCE, null, source, null);
    }

    public static DimensionKey productSource(String productId, String source) {
        return of(Dimension.PRODUCT_SOURCE, productId, source, null);
    }

    public static DimensionKey campaign(String source, String campaignId) {
        return of(Dimension.CAMPAIGN, null, source, campaignId);
    }

    public Dimension dimension() {
        return dimension;
    }

    public @Nullable String productId() {
        return productId;
    }

    public @Nullable String source() {
        return source;
    }

    public @Nullable String campaignId() {
        return campaignId;
    }

    private static int hash(
            Dimension dimension, @Nullable String productId, @Nullable String source, @Nullable String campaignId) {
        int hash = dimension.ordinal();
        hash = 31 * hash + (productId == null ? 0 : productId.hashCode());
        hash = 31 * hash + (source == null ? 0 : source.hashCode());
        return 31 * hash + (campaignId == null ? 0 : campaignId.hashCode());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private boolean hasParts(
            Dimension dimension, @Nullable String productId, @Nullable String source, @Nullable String campaignId) {
        return this.dimension == dimension
                && Objects.equals(this.productId, productId)
                && Objects.equals(this.source, source)
                && Objects.equals(this.campaignId, campaignId);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof DimensionKey that
                        && hash == that.hash
                        && that.hasParts(dimension, productId, source, campaignId);
    }

    @Override
    public String toString() {
        return dimension + "[productId=" + productId + ", source=" + source + ", campaignId=" + campaignId + "]";
    }

    /** Writes the key in a form that {@link #read} understands. */
    public void write(BinaryWriter out) {
        out.writeByte(dimension.ordinal());
        switch (dimension) {
            case TOTAL -> {}
            case PRODUCT -> out.writeText(productId);
            case SOURCE -> out.writeText(source);
            case PRODUCT_SOURCE -> {
                out.writeText(productId);
                out.writeText(source);
            }
            case CAMPAIGN -> {
                out.writeText(source);
                out.writeText(campaignId);
            }
        }
    }

    /** @throws IllegalArgumentException if the bytes hold no dimension key */
    public static DimensionKey read(BinaryReader in) {
        int ordinal = in.readByte();
        if (ordinal >= DIMENSIONS.length) {
            throw new IllegalArgumentException("no dimension has the number " + ordinal);
        }
        return switch (DIMENSIONS[ordinal]) {
            case TOTAL -> TOTAL;
            case PRODUCT -> product(in.readRequiredText());
            case SOURCE -> source(in.readRequiredText());
            case PRODUCT_SOURCE -> productSource(in.readRequiredText(), in.readRequiredText());
            case CAMPAIGN -> campaign(in.readRequiredText(), in.readRequiredText());
        };
    }

    private static String blankIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }
}
