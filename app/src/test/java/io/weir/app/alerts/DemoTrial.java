package io.weir.app.alerts;

import io.weir.app.demo.Incident;
import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the demo's traffic through the domain core and the watch, as fast as it goes.
 *
 * <p>By hand, for many seeds: {@code DemoTrial FIRST_SEED LAST_SEED EVENTS_PER_SECOND HOUR_OF_DAY MINUTES}.
 */
final class DemoTrial {
    /** When the pipeline of the demo is up, after its start. */
    private static final long UP_MS = 8_000;

    /** From an event to its figures, and from there to the page: to be on the safe side. */
    private static final long LATENCY_MS = 3_000;

    static final long INCIDENT_AFTER_MS = Duration.ofMinutes(5).toMillis();
    static final long INCIDENT_FOR_MS = Duration.ofMinutes(10).toMillis();

    private final String product;
    private final Map<String, Long> raisedMs = new HashMap<>();
    private final List<String> others = new ArrayList<>();
    private long clearedMs = -1;
    private boolean flapped = false;
    private String reason = "";

    /** @param endMs how long it runs */
    DemoTrial(TrafficSettings settings, long endMs) {
        ShopTraffic traffic = new ShopTraffic(settings);
        product = traffic.incidentProductId();
        FoldedFigures figures = new FoldedFigures();
        Watch watch = new Watch(figures, settings.startMs() + UP_MS);
        Event event = traffic.next();
        for (long nowMs = settings.startMs() + UP_MS; nowMs < settings.startMs() + endMs; nowMs += 1_000) {
            while (event.timeMs() <= nowMs - LATENCY_MS) {
                figures.accept(event);
                event = traffic.next();
            }
            watch.look(nowMs);
            note(watch.alerts(), nowMs - settings.startMs());
        }
    }

    private void note(List<Alert> alerts, long sinceStartMs) {
        boolean there = false;
        for (Alert alert : alerts) {
            boolean planted = product.equals(alert.product()) && alert.name() == AlertName.CONVERSION_DROP;
            there |= planted;
            if (raisedMs.putIfAbsent(alert.name() + " " + alert.key(), sinceStartMs) == null) {
                if (planted) {
                    reason = alert.summary() + ": " + alert.reason();
                } else {
                    others.add(sinceStartMs / 1000 + " s: " + alert);
                }
            }
        }
        if (raisedAfterMs() >= 0 && !there && clearedMs < 0) {
            clearedMs = sinceStartMs;
        }
        flapped |= there && clearedMs >= 0;
    }

    String product() {
        return product;
    }

    /** When the planted incident's alert was raised, after the start; −1 if never. */
    long raisedAfterMs() {
        return raisedMs.getOrDefault(AlertName.CONVERSION_DROP + " " + DimensionKey.product(product), -1L);
    }

    /** When it was over; −1 if never. */
    long clearedAfterMs() {
        return clearedMs;
    }

    boolean flapped() {
        return flapped;
    }

    /** What else was raised. */
    List<String> others() {
        return others;
    }

    String reason() {
        return reason;
    }

    static TrafficSettings demo(long seed, double rate, int hour) {
        long startMs = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli() + hour * 3_600_000L;
        return TrafficSettings.demonstration(
                seed,
                startMs,
                rate,
                ZoneOffset.UTC,
                new Incident(startMs + INCIDENT_AFTER_MS, startMs + INCIDENT_AFTER_MS + INCIDENT_FOR_MS));
    }

    public static void main(String[] arguments) {
        double rate = Double.parseDouble(arguments[2]);
        int hour = Integer.parseInt(arguments[3]);
        List<Long> delays = new ArrayList<>();
        int others = 0;
        int flapped = 0;
        List<Long> cleared = new ArrayList<>();
        for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
            DemoTrial trial = new DemoTrial(demo(seed, rate, hour), 60_000 * Long.parseLong(arguments[4]));
            long delayMs = trial.raisedAfterMs() < 0 ? Long.MAX_VALUE : trial.raisedAfterMs() - INCIDENT_AFTER_MS;
            delays.add(delayMs);
            cleared.add(
                    trial.clearedAfterMs() < 0
                            ? Long.MAX_VALUE
                            : trial.clearedAfterMs() - INCIDENT_AFTER_MS - INCIDENT_FOR_MS);
            others += trial.others().isEmpty() ? 0 : 1;
            flapped += trial.flapped() ? 1 : 0;
            if (delayMs < 0 || delayMs > 55_000 || !trial.others().isEmpty() || trial.flapped() || seed <= 2) {
                System.out.println("seed " + seed + ": " + trial.product() + " noticed after " + delayMs + " ms. "
                        + trial.reason() + " " + trial.others());
            }
        }
        delays.sort(null);
        cleared.sort(null);
        long within = delays.stream()
                .filter(delayMs -> delayMs >= 0 && delayMs <= 60_000)
                .count();
        System.out.println(within + " of " + delays.size() + " within 60 s; median "
                + delays.get(delays.size() / 2) / 1000 + " s, greatest " + delays.get(delays.size() - 1) / 1000
                + " s; over after " + cleared.get(cleared.size() / 2) / 1000 + " s, at most "
                + cleared.get(cleared.size() - 1) / 1000 + " s; flapped " + flapped + "; other alerts in " + others);
    }
}
