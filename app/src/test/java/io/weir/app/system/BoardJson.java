package io.weir.app.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Ratios;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Boards as the API gives them, made by hand: a shop with figures of every kind, among them unreliable and undefined ones. */
final class BoardJson {
    static final Instant AS_OF = Instant.parse("2026-03-02T09:41:46Z");
    static final int MIN_VISITORS = 30;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MARGIN = 0.4;
    private static final long UNIT = 1_000_000;

    /** The whole shop by period. */
    private static final Map<String, Measures> SHOP = Map.of(
            "1m", Measures.of(9, 21 * UNIT, 8, 31, 25, 2, 2, 2, 310 * UNIT, 0, 0),
            "5m", Measures.of(61, 140 * UNIT, 52, 210, 130, 5, 4, 6, 902 * UNIT, 1, 99 * UNIT),
            "1h", Measures.of(700, 1_610 * UNIT, 600, 2_500, 1_400, 60, 48, 77, 9_000 * UNIT, 5, 700 * UNIT),
            "24h",
                    Measures.of(
                            9_000,
                            20_700 * UNIT,
                            7_900,
                            30_000,
                            15_000,
                            700,
                            510,
                            900,
                            96_000 * UNIT,
                            60,
                            8_000 * UNIT),
            "today",
                    Measures.of(
                            4_000, 9_200 * UNIT, 3_400, 14_000, 8_000, 330, 260, 410, 48_900 * UNIT, 30, 4_100 * UNIT),
            "yesterday",
                    Measures.of(
                            4_100, 9_430 * UNIT, 3_500, 14_500, 8_100, 420, 360, 500, 64_000 * UNIT, 33, 4_600 * UNIT));

    private BoardJson() {}

    /** The board that is asked for with this window. */
    static ObjectNode ofShop(String window) {
        ObjectNode board = JSON.createObjectNode();
        board.put("now", AS_OF.plusMillis(1_400).toString());
        board.put("currency", "CNY").put("time_zone", "UTC");
        board.put("min_visitors", MIN_VISITORS).put("margin", MARGIN);
        board.put("generated_traffic", false).putNull("notice");
        board.put("data_as_of", AS_OF.toString());
        board.put("stream_time", AS_OF.plusMillis(300).toString());
        board.put("seconds_behind", 1.4).put("complete", true);
        board.put("instances", 1);
        board.putObject("partitions").put("inputs", 4).put("totals", 4);
        inputs(board.putObject("inputs"));
        board.put("window", window);
        ObjectNode shop = board.putObject("shop");
        SHOP.forEach((period, measures) -> shop.set(period, period(period, measures)));
        rankings(board);
        board.putArray("alerts");
        return board;
    }

    private static void inputs(ObjectNode inputs) {
        input(inputs.putObject("clicks"), 4_100, 20, 7, 3);
        input(inputs.putObject("visits"), 14_300, 11, 30, 0);
        input(inputs.putObject("payments"), 331, 0, 0, 0);
        reason(inputs, "clicks", "missing_source", "a click's source is absent or blank", 3);
    }

    private static void input(ObjectNode input, long read, long duplicate, long late, long rejected) {
        input.put("read", read).put("accepted", read - duplicate - late - rejected);
        input.put("duplicate", duplicate).put("late", late).put("rejected", rejected);
        input.putArray("rejected_by_reason");
    }

    private static void reason(ObjectNode inputs, String input, String reason, String meaning, long records) {
        inputs.withArray("/" + input + "/rejected_by_reason")
                .addObject()
                .put("reason", reason)
                .put("meaning", meaning)
                .put("records", records);
    }

    private static ObjectNode period(String period, Measures measures) {
        Instant minute = AS_OF.truncatedTo(ChronoUnit.MINUTES);
        Instant midnight = AS_OF.truncatedTo(ChronoUnit.DAYS);
        Duration day = Duration.ofDays(1);
        Instant[] span = switch (period) {
            case "today" -> new Instant[] {midnight, midnight.plus(day)};
            case "yesterday" -> new Instant[] {midnight.minus(day), AS_OF.minus(day)};
            default -> new Instant[] {minute.minus(Duration.parse(iso(period))), minute};
        };
        ObjectNode figures = JSON.createObjectNode();
        figures.put("start", span[0].toString()).put("end", span[1].toString()).put("is_final", false);
        figures.set("line", line(null, null, null, measures));
        return figures;
    }

    /** {@code 5m} as {@code PT5M}. */
    private static String iso(String label) {
        return "PT" + label.toUpperCase(Locale.ROOT);
    }

    private static void rankings(ObjectNode board) {
        ArrayNode sources = ranking(board, "sources", 3);
        sources.add(line(
                null, "search", null, Measures.of(0, 0, 0, 7_000, 4_100, 160, 140, 200, 26_000 * UNIT, 9, 900 * UNIT)));
        sources.add(line(
                null,
                "ads",
                null,
                Measures.of(4_000, 9_200 * UNIT, 3_400, 4_900, 3_300, 60, 50, 70, 8_100 * UNIT, 20, 3_000 * UNIT)));
        sources.add(line(null, "email", null, Measures.of(0, 0, 0, 14, 12, 2, 2, 2, 300 * UNIT, 0, 0)));
        ArrayNode campaigns = ranking(board, "campaigns", 2);
        campaigns.add(line(
                null,
                "ads",
                "spring",
                Measures.of(3_000, 6_900 * UNIT, 2_500, 3_600, 2_500, 50, 42, 55, 7_000 * UNIT, 15, 2_000 * UNIT)));
        campaigns.add(line(null, "ads", "brand", Measures.of(9, 21 * UNIT, 9, 14, 9, 0, 0, 0, 0, 0, 0)));
        ArrayNode products = ranking(board, "products", 1_200);
        products.add(line(
                "mug",
                null,
                null,
                Measures.of(900, 2_070 * UNIT, 800, 4_000, 2_600, 90, 80, 120, 3_900 * UNIT, 4, 200 * UNIT)));
        products.add(line(
                "walnut-tray",
                null,
                null,
                Measures.of(1_100, 2_530 * UNIT, 900, 2_000, 1_300, 20, 18, 21, 1_800 * UNIT, 2, 180 * UNIT)));
        products.add(line("手工茶壶", null, null, Measures.of(0, 0, 0, 900, 700, 21, 21, 21, 3_500 * UNIT, 0, 0)));
        products.add(line("lamp", null, null, Measures.of(2, 5 * UNIT, 2, 4, 3, 1, 1, 1, 219 * UNIT, 0, 0)));
        products.add(line("<b>bold</b> & co", null, null, Measures.of(0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0)));
        ArrayNode pairs = ranking(board, "product_sources", 2);
        pairs.add(line("mug", "search", null, Measures.of(0, 0, 0, 2_500, 1_600, 60, 54, 80, 2_700 * UNIT, 0, 0)));
        pairs.add(line(
                "mug",
                "ads",
                null,
                Measures.of(900, 2_070 * UNIT, 800, 1_500, 1_100, 30, 28, 40, 1_200 * UNIT, 4, 200 * UNIT)));
    }

    private static ArrayNode ranking(ObjectNode board, String name, long keys) {
        return board.putObject(name).put("keys", keys).putArray("lines");
    }

    /** The figures of one key. */
    static ObjectNode line(
            @Nullable String product, @Nullable String source, @Nullable String campaign, Measures measures) {
        ObjectNode line = JSON.createObjectNode();
        line.put("product", product).put("source", source).put("campaign", campaign);
        Ratios ratios = new Ratios(measures);
        line.put("reliable", ratios.isReliable(MIN_VISITORS));
        ObjectNode counted = line.putObject("measures");
        for (Measure measure : Measure.values()) {
            counted.put(measure.label(), measures.get(measure));
        }
        ObjectNode divided = line.putObject("ratios");
        put(divided, "conversion_rate", ratios.conversionRate());
        put(divided, "revenue_per_buyer", ratios.revenuePerBuyer());
        put(divided, "visitor_value", ratios.visitorValue());
        put(divided, "visitor_cost", ratios.visitorCost());
        put(divided, "cost_per_click", ratios.costPerClick());
        put(divided, "landing_rate", ratios.landingRate());
        put(divided, "roas", ratios.roas());
        put(divided, "roi", ratios.roi(MARGIN));
        return line;
    }

    private static void put(ObjectNode ratios, String name, OptionalDouble ratio) {
        ratios.put(name, ratio.isEmpty() ? null : (Double) ratio.getAsDouble());
    }

    /** An alert that the mug hardly sells. */
    static ObjectNode alert() {
        ObjectNode alert = JSON.createObjectNode();
        alert.put("name", "ConversionDrop").put("severity", "critical").put("dimension", "product");
        alert.put("product", "mug").putNull("source").putNull("campaign");
        alert.put("since", AS_OF.minusSeconds(240).toString());
        alert.put("summary", "mug hardly sells: 95 % fewer payments than its visits let expect");
        alert.put("reason", "1 payment in the last 4 minutes where 20 were expected.");
        alert.putObject("figures").put("payments", 1).put("expected_payments", 20);
        return alert;
    }
}
