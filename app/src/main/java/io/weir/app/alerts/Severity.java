package io.weir.app.alerts;

/** How urgent an alert is. The labels stand in the API. */
public enum Severity {
    /** Someone is woken. */
    CRITICAL("critical"),
    /** Someone should look at it in working hours. */
    WARNING("warning");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
