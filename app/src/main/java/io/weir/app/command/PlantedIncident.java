package io.weir.app.command;

import io.weir.app.demo.Incident;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is told about the incident in generated traffic, so that nobody takes it for a fault of Weir's.
 *
 * @param incident of no length if none is planted
 * @param productId whose conversion collapses
 * @param zone in which times are told
 */
record PlantedIncident(Incident incident, String productId, ZoneId zone) {

    /** One sentence, without its full stop. */
    String notice() {
        if (isNone()) {
            return "No incident is planted";
        }
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        return "Planted incident: the conversion of " + productId + " collapses from "
                + clock.format(Instant.ofEpochMilli(incident.startMs())) + " to "
                + clock.format(Instant.ofEpochMilli(incident.endMs())) + " " + zone;
    }

    /** Says so again when it begins and when it ends, by the wall clock, on a thread of its own. */
    void announce(Consumer<String> say) {
        if (isNone()) {
            return;
        }
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "incident-announcer");
            thread.setDaemon(true);
            return thread;
        });
        long nowMs = System.currentTimeMillis();
        String what = "INCIDENT (planted): the conversion of " + productId;
        clock.schedule(() -> say.accept(what + " collapses now."), incident.startMs() - nowMs, TimeUnit.MILLISECONDS);
        clock.schedule(() -> say.accept(what + " recovers now."), incident.endMs() - nowMs, TimeUnit.MILLISECONDS);
    }

    private boolean isNone() {
        return incident.startMs() == incident.endMs();
    }
}
