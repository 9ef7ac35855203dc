package io.weir.app.command;

import java.util.List;
import java.util.Set;

/** How much the log says. */
final class Logs {
    /** Read by logback.xml: the level of Kafka's own loggers. */
    private static final String KAFKA_LEVEL = "weir.log.kafka";

    /** What stands among the arguments when the cluster is the user's, not one that Weir starts. */
    private static final Set<String> USERS_CLUSTER =
            Set.of("run", "--live", "forget", "dead-letters", "late-events", "reset");

    private Logs() {}

    /**
     * With a cluster of one's own Kafka's warnings are of use; those of a broker that Weir starts and stops itself only
     * look alarming. To be called before the first logger is made.
     */
    static void quietUnlessRunning(String... arguments) {
        if (System.getProperty(KAFKA_LEVEL) == null) {
            System.setProperty(
                    KAFKA_LEVEL, List.of(arguments).stream().anyMatch(USERS_CLUSTER::contains) ? "WARN" : "OFF");
        }
    }
}
