package io.weir.domain;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The domain core on plain collections: one partition, no Kafka. Takes valid events in their order of arrival. */
public final class DomainFold implements WindowTotals.Tallies {
    private final Rules rules;
    private final Windowing windowing;
    private final Map<String, Journey> journeys = new HashMap<>();
    private final Map<WindowKey, Tally> tallies = new HashMap<>();
    private final WindowTotals totals;
    private final Map<String, Credit> credits = new HashMap<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private long streamTimeMs = Journey.NO_STREAM_TIME;

    public DomainFold(OracleSettings settings) {
        rules = new Rules(
                settings.grace().toMillis(),
                settings.landingWindow().toMillis(),
                settings.attributionWindow().toMillis());
        windowing = new Windowing(settings.windows(), settings.zone());
        totals = new WindowTotals(windowing, this);
    }

    @Override
    public Tally toChange(WindowSize size, long startMs, DimensionKey key) {
        return tallies.computeIfAbsent(new WindowKey(size, startMs, key), created -> new Tally());
    }

    @Override
    public Tally find(WindowKey key) {
        return tallies.get(key);
    }

    public void takeAll(List<EventRow> arrivals) {
        arrivals.forEach(this::take);
    }

    public Outcome take(EventRow row) {
        Event event = event(row.withBlanksAbsent());
        Journey journey = journeys.computeIfAbsent(event.visitorId(), created -> new Journey(rules, windowing));
        Outcome outcome = journey.assess(event, streamTimeMs);
        if (outcome == Outcome.ACCEPTED) {
            journey.accept(event, totals, this::credited);
            streamTimeMs = Math.max(streamTimeMs, event.timeMs());
        }
        outcomes.merge(outcome, 1L, Long::sum);
        return outcome;
    }

    private void credited(Credit credit) {
        credits.put(credit.paymentId(), credit);
    }

    /** What was said last of each payment, by its id. */
    public Map<String, Credit> credits() {
        return credits;
    }

    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Settles, forgets, writes and reads back one visitor's journey, as a store does between two events. */
    public void store(String visitorId) {
        Journey journey = journeys.get(visitorId);
        if (journey != null) {
            journey.settle(streamTimeMs);
            journeys.put(visitorId, Journey.fromBytes(visitorId, journey.toBytes(), rules, windowing));
        }
    }

    /** Settles one visitor's journey, as if it had been looked at for another reason. */
    public void settle(String visitorId) {
        Journey journey = journeys.get(visitorId);
        if (journey != null) {
            journey.settle(streamTimeMs);
        }
    }

    public Journey journey(String visitorId) {
        return Objects.requireNonNull(journeys.get(visitorId), visitorId);
    }

    Map<WindowKey, Tally> tallies() {
        return tallies;
    }

    /** All rows other than zero. */
    public Map<WindowKey, Measures> rows() {
        Map<WindowKey, Measures> rows = new HashMap<>();
        tallies.forEach((key, tally) -> rows.put(key, tally.toMeasures()));
        rows.values().removeIf(Measures::isZero);
        return rows;
    }

    public List<String> windowsCsv() {
        return windowsCsv(rows());
    }

    /** The rows as lines of {@code windows.csv}, without its header. */
    public static List<String> windowsCsv(Map<WindowKey, Measures> rows) {
        return rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing((WindowKey key) -> key.size().label())
                                .thenComparing(key ->
                                        Instant.ofEpochMilli(key.startMs()).toString())
                                .thenComparing(WindowKey::key, DimensionKey.ORDER)))
                .map(row -> line(row.getKey(), row.getValue()))
                .toList();
    }

    private static String line(WindowKey window, Measures measures) {
        DimensionKey key = window.key();
        String[] cells = new String[6 + Measure.values().length];
        cells[0] = window.size().label();
        cells[1] = Instant.ofEpochMilli(window.startMs()).toString();
        cells[2] = key.dimension().label();
        cells[3] = Objects.requireNonNullElse(key.productId(), "");
        cells[4] = Objects.requireNonNullElse(key.source(), "");
        cells[5] = Objects.requireNonNullElse(key.campaignId(), "");
        for (Measure measure : Measure.values()) {
            cells[6 + measure.ordinal()] = Long.toString(measures.get(measure));
        }
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
            csv.writeRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().substring(0, out.toString().length() - 1);
    }

    public static Event event(EventRow row) {
        return switch (row.type()) {
            case EventRow.CLICK ->
                new Click(
                        row.id(),
                        row.visitorId(),
                        row.productId(),
                        row.source(),
                        row.campaignId(),
                        row.costMicros(),
                        row.timeMs());
            case EventRow.VISIT ->
                new Visit(
                        row.id(),
                        row.visitorId(),
                        row.productId(),
                        row.source(),
                        row.campaignId(),
                        row.clickId(),
                        row.timeMs());
            case EventRow.PAYMENT ->
                new Payment(
                        row.id(),
                        row.orderId(),
                        row.visitorId(),
                        row.productId(),
                        row.quantity(),
                        row.amountMicros(),
                        row.timeMs());
            default -> throw new IllegalArgumentException(row.type());
        };
    }
}
