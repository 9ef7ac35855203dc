package io.weir.domain;

/** What is counted and summed for each dimension key and window. The labels are the columns of {@code windows.csv}. */
public enum Measure {
    CLICKS("clicks"),
    COST_MICROS("cost_micros"),
    LANDINGS("landings"),
    VISITS("visits"),
    VISITORS("visitors"),
    PAYMENTS("payments"),
    BUYERS("buyers"),
    UNITS("units"),
    REVENUE_MICROS("revenue_micros"),
    HALO_PAYMENTS("halo_payments"),
    HALO_REVENUE_MICROS("halo_revenue_micros");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
