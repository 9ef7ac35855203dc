package io.weir.app.replay.results;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Ratios;
import io.weir.topology.WindowRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a replay has found, for people to read: what became of the events, the totals, the top sources and products.
 *
 * @param currency the reporting currency, CNY for example
 * @param minVisitors ratios on fewer are marked unreliable
 * @param margin gross profit ÷ revenue, for ROI
 */
public record Report(Summary summary, Collection<WindowRow> rows, String currency, long minVisitors, double margin) {
    private static final int TOP = 10;
    private static final int NAME_COLUMNS = 40;

    /** Several lines, the last one ended too. */
    public String text() {
        StringBuilder text = new StringBuilder();
        events(text);
        try {
            Optional<Figures> figures = Figures.of(rows);
            if (figures.isPresent()) {
                totals(text, figures.get());
                top(text, figures.get(), Dimension.SOURCE, "source");
                top(text, figures.get(), Dimension.PRODUCT, "product");
                notes(text, figures.get());
            } else {
                text.append("\nNo figures: no event was accepted.\n");
            }
        } catch (ArithmeticException e) {
            text.append("\nNo totals: their sums are too large to be kept exactly; windows.csv has each window.\n");
        }
        return text.toString();
    }

    private void events(StringBuilder text) {
        Ledger ledger = summary.ledger();
        text.append("Events\n");
        TextTable table = new TextTable("", "read", "accepted", "duplicate", "late", "rejected");
        long[] sums = new long[Outcome.values().length];
        for (EventType input : EventType.values()) {
            long[] counts = new long[sums.length];
            for (Outcome outcome : Outcome.values()) {
                counts[outcome.ordinal()] = ledger.get(input, outcome);
                sums[outcome.ordinal()] += counts[outcome.ordinal()];
            }
            table.add(line(input.plural(), ledger.read(input), counts));
        }
        table.add(line("all", ledger.read(), sums));
        text.append(table);
        for (EventType input : EventType.values()) {
            ledger.rejectedByReason(input)
                    .forEach((reason, count) -> text.append("  rejected ")
                            .append(input.plural() + ": " + Numbers.count(count) + ", " + reason.meaning() + '\n'));
        }
        summary.skippedRows()
                .forEach((kind, count) -> text.append("  skipped rows: " + Numbers.count(count) + ' ' + kind + '\n'));
        if (summary.unreadableRows() > 0) {
            text.append("  unreadable rows: " + Numbers.count(summary.unreadableRows()) + ", see the log\n");
        }
    }

    private static String[] line(String name, long read, long[] outcomes) {
        String[] cells = new String[outcomes.length + 2];
        cells[0] = name;
        cells[1] = Numbers.count(read);
        for (int i = 0; i < outcomes.length; i++) {
            cells[i + 2] = Numbers.count(outcomes[i]);
        }
        return cells;
    }

    private void totals(StringBuilder text, Figures figures) {
        Measures total = figures.total();
        Ratios ratios = new Ratios(total);
        Numbers numbers = new Numbers(minVisitors);
        text.append("\nTotals from " + Instant.ofEpochMilli(figures.startMs()) + " to "
                + Instant.ofEpochMilli(figures.endMs()) + ", "
                + Numbers.count(figures.windows()) + (figures.isSingleWindow() ? " window" : " windows") + " of "
                + figures.size().label() + ", money in " + currency + '\n');
        TextTable table = new TextTable("visits", count(total, Measure.VISITS));
        table.add(figures.perWindow("visitor"), count(total, Measure.VISITORS));
        table.add(figures.perWindow("buyer"), count(total, Measure.BUYERS));
        table.add("payments", count(total, Measure.PAYMENTS));
        table.add("units", count(total, Measure.UNITS));
        table.add("revenue", Numbers.money(total.get(Measure.REVENUE_MICROS)));
        table.add("of which halo", Numbers.money(total.get(Measure.HALO_REVENUE_MICROS)));
        table.add("clicks", count(total, Measure.CLICKS));
        table.add("cost", Numbers.money(total.get(Measure.COST_MICROS)));
        table.add("conversion rate", numbers.percentage(ratios, ratios.conversionRate()));
        table.add("revenue per " + person(figures, "buyer"), numbers.number(ratios, ratios.revenuePerBuyer()));
        table.add("value per " + person(figures, "visitor"), numbers.number(ratios, ratios.visitorValue()));
        table.add("cost per " + person(figures, "visitor"), numbers.number(ratios, ratios.visitorCost()));
        table.add("cost per click", numbers.number(ratios, ratios.costPerClick()));
        table.add("landing rate", numbers.percentage(ratios, ratios.landingRate()));
        table.add("ROAS", numbers.number(ratios, ratios.roas()));
        table.add("ROI at a margin of " + margin, numbers.percentage(ratios, ratios.roi(margin)));
        text.append(table);
    }

    private static String person(Figures figures, String person) {
        String plural = figures.perWindow(person);
        return plural.substring(0, plural.length() - 1);
    }

    private static String count(Measures measures, Measure measure) {
        return Numbers.count(measures.get(measure));
    }

    private void top(StringBuilder text, Figures figures, Dimension dimension, String name) {
        long keys = figures.keys(dimension);
        String which =
                keys > TOP ? "Top " + TOP + " of " + Numbers.count(keys) + ' ' + name + 's' : "All " + name + 's';
        text.append("\n" + which + " by revenue, money in " + currency + '\n');
        Numbers numbers = new Numbers(minVisitors);
        TextTable table = new TextTable(
                name,
                "visits",
                figures.perWindow("visitor"),
                figures.perWindow("buyer"),
                "conversion",
                "revenue",
                "revenue/buyer",
                "visitor value",
                "clicks",
                "cost",
                "ROAS");
        for (Map.Entry<DimensionKey, Measures> entry : figures.top(dimension, TOP)) {
            DimensionKey key = entry.getKey();
            Measures measures = entry.getValue();
            Ratios ratios = new Ratios(measures);
            String part = String.valueOf(dimension == Dimension.SOURCE ? key.source() : key.productId());
            table.add(
                    DisplayWidth.fit(part, NAME_COLUMNS),
                    count(measures, Measure.VISITS),
                    count(measures, Measure.VISITORS),
                    count(measures, Measure.BUYERS),
                    numbers.percentage(ratios, ratios.conversionRate()),
                    Numbers.money(measures.get(Measure.REVENUE_MICROS)),
                    numbers.number(ratios, ratios.revenuePerBuyer()),
                    numbers.number(ratios, ratios.visitorValue()),
                    count(measures, Measure.CLICKS),
                    Numbers.money(measures.get(Measure.COST_MICROS)),
                    numbers.number(ratios, ratios.roas()));
        }
        text.append(table);
    }

    private void notes(StringBuilder text, Figures figures) {
        text.append("\n- undefined: nothing to divide by.   " + Numbers.UNRELIABLE + " unreliable: fewer than "
                + Numbers.count(minVisitors) + ' ' + figures.perWindow("visitor") + ".\n");
        if (!figures.isSingleWindow()) {
            text.append("A visitor counts once in each window of "
                    + figures.size().label() + ": " + figures.perWindow("visitor")
                    + ", for distinct visitors of several windows do not add up.\n");
        }
        switch (summary.revenue()) {
            case ASSUMED ->
                text.append("Revenue is assumed: the files have no prices, so every unit counts with the price of"
                        + " --assume-price.\n");
            case UNKNOWN ->
                text.append(
                        "The files have no prices, so revenue counts as 0; --assume-price sets a price per unit.\n");
            case RECORDED -> {}
        }
        if (summary.seconds() > 0) {
            text.append(Numbers.count(summary.ledger().read()) + " events in "
                    + String.format(Locale.ROOT, "%,.1f", summary.seconds()) + " s: "
                    + Numbers.count(Math.round(summary.eventsPerSecond())) + " events/s.\n");
        }
    }
}
