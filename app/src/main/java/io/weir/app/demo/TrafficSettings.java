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
 * @param zipfExponent how much more popular the popular ones are: the product of rank r, from 0, draws visits in
 *     proportion to 1 ÷ (r + 1)^exponent; 0 for all alike
 * @param conversionFactor what the products' conversion is multiplied by
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
        double zipfExponent,
        double conversionFactor,
        int returningVisitors,
        ZoneId zone,
        double rhythmStrength,
        Incident incident) {
    private static final double ZIPF_EXPONENT = 0.9;

    public TrafficSettings {
        if (!(eventsPerSecond > 0)
                || !(delayFactor > 0)
                || !(conversionFactor > 0)
                || products < 1
                || returningVisitors < 1) {
            throw new IllegalArgumentException(
                    "events per second, delay factor, products, conversion factor and returning visitors must "
                            + "be positive: " + eventsPerSecond + ", " + delayFactor + ", " + products + ", "
                            + conversionFactor + ", " + returningVisitors);
        }
        if (!(zipfExponent >= 0 && zipfExponent <= 10)) {
            throw new IllegalArgumentException("Zipf exponent must be 0 to 10: " + zipfExponent);
        }
        if (!(rhythmStrength >= 0 && rhythmStrength <= 1)) {
            throw new IllegalArgumentException("rhythm strength must be 0 to 1: " + rhythmStrength);
        }
    }

    /** A shop of 300 products with a full daily rhythm in UTC, delays as in life and no incident. */
    public static TrafficSettings shop(long seed, long startMs, double eventsPerSecond) {
        return new TrafficSettings(
                seed, startMs, eventsPerSecond, 1, 300, ZIPF_EXPONENT, 1, 20_000, ZoneOffset.UTC, 1, Incident.NONE);
    }

    /**
     * A shop for people who watch for a quarter of an hour: forty products that sell well, payments seconds to minutes
     * after the visit, and little of a daily rhythm. At 400 events a second the best seller is paid about once a second,
     * so that its incident is beyond doubt within a minute at any time of day.
     */
    public static TrafficSettings demonstration(
            long seed, long startMs, double eventsPerSecond, ZoneId zone, Incident incident) {
        return new TrafficSettings(
                seed, startMs, eventsPerSecond, 1 / 60.0, 40, ZIPF_EXPONENT, 2.5, 20_000, zone, 0.1, incident);
    }

    /** The same shop with another catalogue. */
    public TrafficSettings withProducts(int number, double popularityExponent) {
        return new TrafficSettings(
                seed,
                startMs,
                eventsPerSecond,
                delayFactor,
                number,
                popularityExponent,
                conversionFactor,
                returningVisitors,
                zone,
                rhythmStrength,
                incident);
    }

    public TrafficSettings withDelayFactor(double factor) {
        return new TrafficSettings(
                seed,
                startMs,
                eventsPerSecond,
                factor,
                products,
                zipfExponent,
                conversionFactor,
                returningVisitors,
                zone,
                rhythmStrength,
                incident);
    }

    public TrafficSettings withRhythm(ZoneId rhythmZone, double strength) {
        return new TrafficSettings(
                seed,
                startMs,
                eventsPerSecond,
                delayFactor,
                products,
                zipfExponent,
                conversionFactor,
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
                zipfExponent,
                conversionFactor,
                returningVisitors,
                zone,
                rhythmStrength,
                planted);
    }
}
