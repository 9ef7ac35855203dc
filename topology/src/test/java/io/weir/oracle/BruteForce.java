package io.weir.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * The semantics read line by line: for every event, look at every other. Quadratic, for small cases.
 *
 * <p>It exists to find mistakes in the oracle's SQL, so it has its own reading of everything that can be read in two
 * ways: order, days, quoting.
 */
public final class BruteForce {
    static final String DIRECT = "direct";
    private static final String UNKNOWN = "unknown";

    static final Comparator<String> BYTES = (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    private static final List<String> TYPES = List.of(EventRow.CLICK, EventRow.VISIT, EventRow.PAYMENT);

    static final Comparator<EventRow> TOTAL_ORDER = Comparator.comparing(EventRow::timeMs)
            .thenComparing(row -> TYPES.indexOf(row.type()))
            .thenComparing(EventRow::id, BYTES);

    private final OracleSettings settings;
    private final LongFunction<List<Window>> windowsAt;
    private final List<EventRow> events;
    private final Set<EventRow> landed = new HashSet<>();
    private final Map<List<String>, DistinctSums> rows = new TreeMap<>(BruteForce::compareKeys);

    /** A window's label and its start as text. */
    private record Window(String label, String start) {}

    BruteForce(List<EventRow> accepted, OracleSettings settings) {
        this(
                accepted,
                settings,
                timeMs -> settings.windows().stream()
                        .map(size -> new Window(
                                size.label(),
                                windowStart(size, timeMs, settings.zone()).toString()))
                        .toList());
    }

    private BruteForce(List<EventRow> accepted, OracleSettings settings, LongFunction<List<Window>> windowsAt) {
        this.settings = settings;
        this.windowsAt = windowsAt;
        this.events = accepted.stream().sorted(TOTAL_ORDER).toList();
    }

    /** The accepted events in total order. */
    List<EventRow> events() {
        return events;
    }

    /** The lines of {@code windows.csv} for accepted events, as {@link BatchOracle} gives them. */
    public static List<String> windowsOf(List<EventRow> accepted, OracleSettings settings) {
        BruteForce reading = new BruteForce(accepted, settings);
        reading.events.forEach(reading::count);
        return reading.lines();
    }

    /** The same as measures by the first six columns. */
    public static Map<List<String>, List<Long>> measuresOf(List<EventRow> accepted, OracleSettings settings) {
        return new BruteForce(accepted, settings).measures();
    }

    /** The rolling windows that end then; their label stands in place of the size, and their start is left blank. */
    public static Map<List<String>, List<Long>> rollingOf(
            List<EventRow> accepted, OracleSettings settings, long endMs) {
        LongFunction<List<Window>> windows = timeMs -> Arrays.stream(RollingWindow.values())
                .filter(window -> timeMs >= endMs - window.minutes() * 60_000L && timeMs < endMs)
                .map(window -> new Window(window.label(), ""))
                .toList();
        return new BruteForce(accepted, settings, windows).measures();
    }

    private Map<List<String>, List<Long>> measures() {
        events.forEach(this::count);
        Map<List<String>, List<Long>> measures = new HashMap<>();
        rows.forEach((key, sums) -> measures.put(key, sums.measures()));
        measures.values().removeIf(row -> row.stream().allMatch(measure -> measure == 0));
        return measures;
    }

    /** Which rules decided something in this case: a name for each. */
    static Set<String> rulesMet(List<EventRow> accepted, OracleSettings settings) {
        BruteForce reading = new BruteForce(accepted, settings);
        Set<String> met = new HashSet<>();
        for (EventRow event : reading.events) {
            if (isVisit(event)) {
                met.add(reading.originOf(event).rule);
            } else if (!isClick(event)) {
                met.add(reading.creditOf(event).rule);
            }
        }
        return met;
    }

    /** A source with its campaign, by which rule they were found, and the click that brought a visit, null if none. */
    record Origin(String rule, String source, String campaignId, EventRow click, boolean halo) {}

    private void count(EventRow event) {
        switch (event.type()) {
            case EventRow.CLICK -> countClick(event);
            case EventRow.VISIT -> countVisit(event);
            default -> countPayment(event);
        }
    }

    private void countClick(EventRow click) {
        for (DistinctSums sums : rowsOf(click.timeMs(), click.productId(), click.source(), click.campaignId())) {
            sums.clicks++;
            sums.costMicros = Math.addExact(sums.costMicros, click.costMicros());
        }
    }

    private void countVisit(EventRow visit) {
        Origin origin = originOf(visit);
        for (DistinctSums sums : rowsOf(visit.timeMs(), visit.productId(), origin.source, origin.campaignId)) {
            sums.visits++;
            sums.visitors.add(visit.visitorId());
        }
        EventRow click = origin.click;
        if (click != null && landed.add(click)) {
            rowsOf(visit.timeMs(), click.productId(), click.source(), click.campaignId())
                    .forEach(sums -> sums.landings++);
        }
    }

    private void countPayment(EventRow payment) {
        Origin credit = creditOf(payment);
        for (DistinctSums sums : rowsOf(payment.timeMs(), payment.productId(), credit.source, credit.campaignId)) {
            sums.payments++;
            sums.buyers.add(payment.visitorId());
            sums.units = Math.addExact(sums.units, payment.quantity());
            sums.revenueMicros = Math.addExact(sums.revenueMicros, payment.amountMicros());
            if (credit.halo) {
                sums.haloPayments++;
                sums.haloRevenueMicros = Math.addExact(sums.haloRevenueMicros, payment.amountMicros());
            }
        }
    }

    /** Where a visit came from. */
    private Origin originOf(EventRow visit) {
        long windowMs = settings.landingWindow().toMillis();
        EventRow named = last(before(visit, windowMs), e -> isClick(e) && e.id().equals(visit.clickId()));
        if (named != null) {
            return new Origin("visit: named click", named.source(), named.campaignId(), named, false);
        }
        if (visit.source() != null) {
            return new Origin("visit: own source", visit.source(), visit.campaignId(), null, false);
        }
        EventRow latest = last(before(visit, windowMs), e -> isClick(e) && isOn(visit.productId(), e));
        if (latest != null) {
            return new Origin("visit: latest click", latest.source(), latest.campaignId(), latest, false);
        }
        return new Origin("visit: direct", DIRECT, null, null, false);
    }

    String sourceOf(EventRow touch) {
        return isClick(touch) ? touch.source() : originOf(touch).source;
    }

    String campaignOf(EventRow touch) {
        return isClick(touch) ? touch.campaignId() : originOf(touch).campaignId;
    }

    /** Which source a payment is credited to. */
    Origin creditOf(EventRow payment) {
        List<EventRow> earlier = before(payment, settings.attributionWindow().toMillis());
        EventRow own = last(earlier, e -> isOtherThanDirect(e) && isOn(payment.productId(), e));
        if (own != null) {
            return new Origin("payment: touch on the product", sourceOf(own), campaignOf(own), null, false);
        }
        EventRow any = last(earlier, this::isOtherThanDirect);
        if (any != null) {
            return new Origin("payment: touch on another", sourceOf(any), campaignOf(any), null, true);
        }
        List<EventRow> visits = earlier.stream().filter(BruteForce::isVisit).toList();
        if (visits.isEmpty()) {
            return new Origin("payment: unknown", UNKNOWN, null, null, false);
        }
        boolean halo = visits.stream().noneMatch(e -> isOn(payment.productId(), e));
        return new Origin(halo ? "payment: direct, halo" : "payment: direct", DIRECT, null, null, halo);
    }

    /** The visitor's events before this one in the total order and less than {@code windowMs} before it in time. */
    List<EventRow> before(EventRow event, long windowMs) {
        return events.stream()
                .filter(e -> e.visitorId().equals(event.visitorId()))
                .filter(e -> e.timeMs() > event.timeMs() - windowMs && TOTAL_ORDER.compare(e, event) < 0)
                .toList();
    }

    static EventRow last(List<EventRow> inOrder, Predicate<EventRow> condition) {
        return inOrder.stream().filter(condition).reduce((a, b) -> b).orElse(null);
    }

    static boolean isClick(EventRow event) {
        return event.type().equals(EventRow.CLICK);
    }

    static boolean isVisit(EventRow event) {
        return event.type().equals(EventRow.VISIT);
    }

    boolean isOtherThanDirect(EventRow event) {
        return (isClick(event) || isVisit(event)) && !sourceOf(event).equals(DIRECT);
    }

    static boolean isOn(String productId, EventRow event) {
        return event.productId().equals(productId);
    }

    private List<DistinctSums> rowsOf(long timeMs, String product, String source, String campaign) {
        List<DistinctSums> found = new ArrayList<>();
        for (Window window : windowsAt.apply(timeMs)) {
            found.add(row(window, "total", "", "", ""));
            found.add(row(window, "product", product, "", ""));
            found.add(row(window, "source", "", source, ""));
            found.add(row(window, "product_source", product, source, ""));
            if (campaign != null) {
                found.add(row(window, "campaign", "", source, campaign));
            }
        }
        return found;
    }

    private DistinctSums row(Window window, String dimension, String product, String source, String campaign) {
        List<String> key = List.of(window.label, window.start, dimension, product, source, campaign);
        return rows.computeIfAbsent(key, k -> new DistinctSums());
    }

    private static int compareKeys(List<String> a, List<String> b) {
        int i = 0;
        while (i < a.size() - 1 && a.get(i).equals(b.get(i))) {
            i++;
        }
        return BYTES.compare(a.get(i), b.get(i));
    }

    private static Instant windowStart(WindowSize size, long timeMs, ZoneId zone) {
        Instant time = Instant.ofEpochMilli(timeMs);
        return switch (size) {
            case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case DAY -> time.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        };
    }

    private List<String> lines() {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().measures().stream().anyMatch(measure -> measure != 0))
                .map(row -> line(row.getKey(), row.getValue()))
                .toList();
    }

    private static String line(List<String> key, DistinctSums sums) {
        List<String> cells = new ArrayList<>(key);
        sums.measures().forEach(measure -> cells.add(measure.toString()));
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().substring(0, text.toString().length() - 1);
    }
}
