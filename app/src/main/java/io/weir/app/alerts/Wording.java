package io.weir.app.alerts;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is said of a drop, in plain words with the numbers. */
final class Wording {
    private static final double HARDLY_ANY = 0.8;
    private static final long MINUTE_MS = 60_000;

    private Wording() {}

    static Alert alert(DropCase known, long visitsLately) {
        Drop drop = known.latest();
        return new Alert(
                drop.rule().alertName(),
                known.severity(),
                drop.key(),
                Instant.ofEpochMilli(known.first().fromMs()),
                summary(drop),
                reason(drop, visitsLately) + " " + chance(known.first()),
                figures(drop, visitsLately));
    }

    /** The shop's conversion wakes people, and so does a best seller or a source that hardly sells at all. */
    static Severity severity(Drop drop) {
        return switch (drop.rule()) {
            case BEST_SELLER_WITHOUT_PAYMENTS -> Severity.CRITICAL;
            case TRAFFIC_GONE, SPEND_WITHOUT_LANDINGS -> Severity.WARNING;
            case CONVERSION_DROP ->
                drop.key().equals(DimensionKey.TOTAL) || drop.share() >= HARDLY_ANY
                        ? Severity.CRITICAL
                        : Severity.WARNING;
        };
    }

    private static String summary(Drop drop) {
        String whose = subject(drop.key());
        return switch (drop.rule()) {
            case CONVERSION_DROP ->
                drop.share() >= HARDLY_ANY
                        ? whose + " hardly sells: " + percent(drop.share())
                                + " fewer payments than its visits let expect"
                        : whose + " sells " + percent(drop.share()) + " less than its visits let expect";
            case BEST_SELLER_WITHOUT_PAYMENTS -> whose + " has stopped selling";
            case TRAFFIC_GONE -> "hardly any visits from " + whose + " any more";
            case SPEND_WITHOUT_LANDINGS ->
                percent(drop.share()) + " of the paid clicks that should land from " + whose + " do not";
        };
    }

    private static String subject(DimensionKey key) {
        if (key.productId() != null) {
            return key.productId();
        }
        return key.source() == null ? "the shop" : key.source();
    }

    private static String reason(Drop drop, long visitsLately) {
        Stretch recent = drop.recent();
        Stretch past = drop.past();
        String counted = drop.rule().counted().label();
        String what = count(recent.counted(), counted) + " in the last " + time(recent.ms()) + " where "
                + whole(drop.expected()) + " were expected";
        return switch (drop.rule()) {
            case CONVERSION_DROP ->
                what + " (" + perHundred(recent) + " payments for 100 visits against " + perHundred(past) + " in the "
                        + time(past.ms()) + " before)."
                        + (recent.counted() > 0 ? "" : " Not one: look whether it can be ordered and paid at all.");
            case BEST_SELLER_WITHOUT_PAYMENTS ->
                what + ", by its " + whole(past.counted()) + " payments in the " + time(past.ms()) + " before. "
                        + "It had " + count(visitsLately, Measure.VISITS.label()) + " meanwhile.";
            case TRAFFIC_GONE ->
                what + ", by its " + whole(past.counted()) + " in the " + time(past.ms())
                        + " before; other sources go on.";
            case SPEND_WITHOUT_LANDINGS ->
                what + ": " + whole(recent.per()) + " clicks, of which " + perHundred(recent)
                        + " in 100 landed, against " + perHundred(past) + " in the " + time(past.ms()) + " before.";
        };
    }

    private static String chance(Drop drop) {
        double odds = Math.min(1 / Math.max(drop.chance(), 1e-15), 1e12);
        String number =
                odds < 1e9 ? whole(Math.floor(odds / 1e6)) + " million" : whole(Math.floor(odds / 1e9)) + " billion";
        return "The chance of that by accident was below 1 in " + number + " when it was noticed.";
    }

    private static Map<String, Number> figures(Drop drop, long visitsLately) {
        String counted = drop.rule().counted().label();
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("window_seconds", Math.round(drop.recent().ms() / 1000));
        figures.put("past_seconds", Math.round(drop.past().ms() / 1000));
        figures.put(Measure.VISITS.label(), visitsLately);
        figures.put(counted, Math.round(drop.recent().counted()));
        figures.put("expected_" + counted, Math.round(drop.expected() * 10) / 10.0);
        figures.put("past_" + counted, Math.round(drop.past().counted()));
        Measure per = drop.rule().per();
        if (per != null) {
            figures.put(per.label(), Math.round(drop.recent().per()));
            figures.put("past_" + per.label(), Math.round(drop.past().per()));
        }
        figures.put("drop", Math.round(drop.share() * 1000) / 1000.0);
        return figures;
    }

    private static String perHundred(Stretch stretch) {
        return stretch.per() <= 0
                ? "none"
                : String.format(Locale.ROOT, "%.1f", 100 * stretch.counted() / stretch.per());
    }

    /** "1 payment", "2 payments". */
    private static String count(double number, String plural) {
        return whole(number) + " " + (Math.round(number) == 1 ? plural.substring(0, plural.length() - 1) : plural);
    }

    static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    static String whole(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    static String time(double ms) {
        long seconds = Math.round(ms / 1000);
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = Math.round(ms / MINUTE_MS);
        return minutes >= 60 && minutes <= 70 ? "hour" : minutes + " minutes";
    }
}
