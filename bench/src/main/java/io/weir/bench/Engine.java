package io.weir.bench;

/** A way to make the window results out of the events; raced in a JVM of its own, which ends with the round. */
public interface Engine {

    /** What {@code --engines} and the reports call it. */
    String name();

    /** One line for the legend: what runs, with which guarantee. */
    String description();

    /**
     * Reads the job's inputs from their beginning to their fixed ends and returns when every result is written and
     * committed. This is what is measured; it tells {@link Stopwatch} when the first record has been read and when the
     * last result was committed.
     */
    void process(Job job) throws Exception;

    /**
     * Writes {@link Job#results}, the results in the shape of {@code windows.csv}; called after the measurement, in the
     * same JVM. Unless overridden they are read from {@link Job#outputTopic}, of each window and key the last one.
     */
    default void results(Job job) throws Exception {
        WindowsTopic.toCsv(job);
    }

    /** What of the results is claimed to be equal to the batch oracle's. */
    default Claim claim() {
        return Claim.EVERYTHING;
    }
}
