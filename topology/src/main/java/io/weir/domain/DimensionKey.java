package io.weir.domain;

import java.util.Comparator;
import java.util.Objects;
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

    private static final Dimension[] DIMENSIONS = Dimension.values();

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

    // The hash and equality that a record gets by itself cost a fifth of the pipeline's time: see RATIONALE.md.

    @Override
    public int hashCode() {
        int hash = dimension.ordinal();
        hash = 31 * hash + (productId == null ? 0 : productId.hashCode());
        hash = 31 * hash + (source == null ? 0 : source.hashCode());
        return 31 * hash + (campaignId == null ? 0 : campaignId.hashCode());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof DimensionKey that
                        && dimension == that.dimension
                        && Objects.equals(productId, that.productId)
                        && Objects.equals(source, that.source)
                        && Objects.equals(campaignId, that.campaignId);
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
