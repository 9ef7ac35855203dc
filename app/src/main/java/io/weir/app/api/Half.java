package io.weir.app.api;

/** The two halves of the pipeline; each has as many partitions as an input topic. */
public enum Half {
    /** The visitors' journeys, by the input partition they are read from. */
    JOURNEYS("input partition"),
    /** The figures, by totals partition. */
    TOTALS("totals partition");

    private final String partition;

    Half(String partition) {
        this.partition = partition;
    }

    /** What one partition of it is called. */
    String partition() {
        return partition;
    }
}
