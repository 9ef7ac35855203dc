package io.weir.domain;

/** What became of a record: each is exactly one of these. */
public enum Outcome {
    /** It counts. */
    ACCEPTED("accepted"),
    /** An accepted event of the same type and id stands among the visitor's open events; dropped. */
    DUPLICATE("duplicate"),
    /** Its event time is more than grace behind stream time; kept in the late-events topic, never changes a figure. */
    LATE("late"),
    /** It is no valid event; kept in the dead-letter topic with a {@link Rejection}, never moves stream time. */
    REJECTED("rejected");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
