package io.weir.app.command;

import java.util.List;

/** How much the log says. */
final class Logs {
    /** Read by logback.xml: the level of Kafka's own loggers. */
    private static final String KAFKA_LEVEL = "weir.log.kafka";

    private Logs() {}

    /**
     * With a cluster of one's own Kafka's warnings are of use; those of a broker that Weir starts and stops itself only
     * look alarming. To be called before the first logger is made.
     */
    static void quietUnlessRunning(String... arguments) {
        if (System.getProperty(KAFKA_LEVEL) == null) {
            System.setProperty(KAFKA_LEVEL, List.of(arguments).contains("run") ? "WARN" : "OFF");
        }
    }
}
