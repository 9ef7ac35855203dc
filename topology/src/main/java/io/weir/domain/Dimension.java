package io.weir.domain;

/** What figures are broken down by. The names are those of {@code windows.csv} and {@code weir.windows}. */
public enum Dimension {
    TOTAL("total"),
    PRODUCT("product"),
    SOURCE("source"),
    PRODUCT_SOURCE("product_source"),
    CAMPAIGN("campaign");

    private final String label;

    Dimension(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The dimension with this {@link #label}. */
    public static Dimension of(String label) {
        for (Dimension dimension : values()) {
            if (dimension.label.equals(label)) {
                return dimension;
            }
        }
        throw new IllegalArgumentException("no dimension is called " + label);
    }
}
