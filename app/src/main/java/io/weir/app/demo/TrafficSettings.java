package io.weir.app.demo;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What traffic {@link ShopTraffic} generates. The same settings give the same events.
 *
 * @param startMs no event is earlier; event time, milliseconds
 * @param eventsPerSecond events of all types, on the average of a day
 * @param delayFactor what the delays to payments and return visits are multiplied by: 1 as in a real shop (minutes to
 *     hours), 1/60 for a demonstration that should not take a day
 * @param products how many products the shop sells
 * @param returningVisitors how many of the latest visitors are remembered and may come again from another source; new
 *     visitors keep coming, so the number of visitors grows with the number of events
 * @param zone whose time of day the rhythm follows
 * @param rhythmStrength how strong the daily rhythm is, 0 (flat) to 1
 */
public record TrafficSettings(
        long seed,
        long startMs,
        double eventsPerSecond,
        double delayFactor,
        int products,
        int returningVisitors,
        ZoneId zone,
        double rhythmStrength,
        Incident incident) {

    public TrafficSettings {
        if (!(eventsPerSecond > 0) || !(delayFactor > 0) || products < 1 || returningVisitors < 1) {
            throw new IllegalArgumentException("events per second, delay factor, products and returning visitors must "
                    + "be positive: " + eventsPerSecond + ", " + delayFactor + ", " + products + ", "
                    + returningVisitors);
        }
        if (!(rhythmStrength >= 0 && rhythmStrength <= 1)) {
            throw new IllegalArgumentException("rhythm strength must be 0 to 1: " + rhythmStrength);
        }
    }

    /** A shop of 300 products with a full daily rhythm in UTC, delays as in life and no incident. */
    public static TrafficSettings shop(long seed, long startMs, double eventsPerSecond) {
        return new TrafficSettings(seed, startMs, eventsPerSecond, 1, 300, 20_000, ZoneOffset.UTC, 1, Incident.NONE);
    }

    /**
     * The same shop for people who watch: payments come seconds to minutes after the visit instead of minutes to hours,
     * and the night is not so still.
     */
    public static TrafficSettings demonstration(
            long seed, long startMs, double eventsPerSecond, ZoneId zone, Incident incident) {
        return shop(seed, startMs, eventsPerSecond)
                .withDelayFactor(1 / 60.0)
                .withRhythm(zone, 0.4)
                .withIncident(incident);
    }

    public TrafficSettings withDelayFactor(double factor) {
        return new TrafficSettings(
                seed, startMs, eventsPerSecond, factor, products, returningVisitors, zone, rhythmStrength, incident);
    }

    public TrafficSettings withRhythm(ZoneId rhythmZone, double strength) {
        return new TrafficSettings(
                seed,
                startMs,
                eventsPerSecond,
                delayFactor,
                products,
                returningVisitors,
                rhythmZone,
                strength,
                incident);
    }

    public TrafficSettings withIncident(Incident planted) {
        return new TrafficSettings(
                seed,
                startMs,
                eventsPerSecond,
                delayFactor,
                products,
                returningVisitors,
                zone,
                rhythmStrength,
                planted);
    }
}
