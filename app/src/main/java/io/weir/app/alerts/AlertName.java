package io.weir.app.alerts;

/** What an alert can be about. The labels stand in the API. */
public enum AlertName {
    CONVERSION_DROP(
            "ConversionDrop", "far fewer payments than the visits of the shop, a source or a product let expect"),
    BEST_SELLER_WITHOUT_PAYMENTS(
            "BestSellerWithoutPayments", "a product that sells all the time has stopped to, whatever its traffic does"),
    TRAFFIC_GONE("TrafficGone", "the visits from a source have suddenly all but ceased"),
    SPEND_WITHOUT_LANDINGS("SpendWithoutLandings", "clicks of a source are paid for and do not arrive"),
    DATA_STALE("DataStale", "the figures are more than a minute old"),
    INPUT_SILENT("InputSilent", "one of the inputs has ceased while another goes on"),
    REJECTS_HIGH("RejectsHigh", "more records than usual are rejected"),
    LATE_HIGH("LateHigh", "more events than usual come too late to count");

    private final String label;
    private final String meaning;

    AlertName(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    public String label() {
        return label;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
