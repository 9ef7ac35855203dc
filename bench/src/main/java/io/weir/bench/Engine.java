package io.weir.bench;

import java.util.List;

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

    /**
     * Beginnings of the names of jars that are not on its class path. Kafka Streams' RocksDB and Flink's are the same
     * classes in different versions, so each engine leaves one of them out.
     */
    default List<String> jarsLeftOut() {
        return List.of("frocksdbjni-");
    }

    /** Folders of jars that stand in front on its class path and on no other's; see {@link EngineClassPath}. */
    default List<String> ownJars() {
        return List.of();
    }
}
