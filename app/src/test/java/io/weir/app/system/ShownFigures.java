package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares figures on the page with those of a board, whatever unit and rounding the page shows them in. */
final class ShownFigures {
    private static final Pattern NUMBER = Pattern.compile("(?:▾ )?([+-]?)[^\\d–+-]*([\\d,]+)(\\.\\d+)?(%?)(?: †)?");

    private static final Map<String, List<String>> TABLES = Map.of(
            "sources", List.of("source"),
            "campaigns", List.of("source", "campaign"),
            "products", List.of("product"),
            "product_sources", List.of("product", "source"));

    private ShownFigures() {}

    /** Asserts that every card, every step of the funnel and every table of the page shows this board's figures. */
    static void assertPageShows(Browser browser, String window, JsonNode board) {
        JsonNode line = board.at("/shop/" + window + "/line");
        List<?> figures = (List<?>) Objects.requireNonNull(
                browser.script("return [...document.querySelectorAll('.card, .lanes li')].map((node) =>"
                        + "[node.dataset.figure, node.querySelector('.value, b').textContent])"));
        assertThat(figures).hasSize(19);
        figures.forEach(pair -> {
            List<?> nameAndText = (List<?>) pair;
            String name = nameAndText.get(0).toString();
            assertShows(window + " " + name, nameAndText.get(1).toString(), name, line);
        });
        TABLES.forEach((table, parts) -> assertTableShows(browser, table, parts, board.get(table)));
    }

    /** Asserts that all rows of a table show the lines of a ranking, in any order. */
    private static void assertTableShows(Browser browser, String table, List<String> parts, JsonNode ranking) {
        @SuppressWarnings("unchecked")
        Map<String, Map<String, String>> rows =
                (Map<String, Map<String, String>>) Objects.requireNonNull(browser.script(
                        "return Object.fromEntries([...document.querySelectorAll(`#${arguments[0]} tbody tr`)].map((row) => ["
                                + "[...row.cells[0].querySelectorAll('span')].map((part) => part.textContent).join('|'),"
                                + "Object.fromEntries([...row.cells].slice(1).map((cell) => [cell.dataset.column, cell.textContent]))]))",
                        table));
        assertThat(rows).as(table).hasSize(ranking.get("lines").size());
        ranking.get("lines").forEach(line -> {
            String name = String.join(
                    "|", parts.stream().map(part -> line.get(part).asText()).toList());
            assertThat(rows).as(table).containsKey(name);
            rows.get(name)
                    .forEach((column, text) -> assertShows(table + " " + name + " " + column, text, column, line));
        });
    }

    /** Asserts that the text is this figure of the line: a dash if it is undefined, else the number as rounded. */
    static void assertShows(String what, String text, String figure, JsonNode line) {
        BigDecimal value = valueOf(figure, line);
        if (value == null) {
            assertThat(text).as(what).isEqualTo("–");
            return;
        }
        Matcher shown = NUMBER.matcher(text);
        assertThat(shown.matches()).as("%s is a number: %s", what, text).isTrue();
        String fraction = shown.group(3) == null ? "" : shown.group(3);
        BigDecimal number = new BigDecimal(shown.group(1) + shown.group(2).replace(",", "") + fraction);
        int scale = number.scale();
        if (!shown.group(4).isEmpty()) {
            value = value.movePointRight(2);
        }
        BigDecimal half = BigDecimal.ONE.movePointLeft(scale).divide(BigDecimal.valueOf(2));
        assertThat(number.subtract(value).abs())
                .as("%s: %s for %s", what, text, value)
                .isLessThanOrEqualTo(half.add(new BigDecimal("1e-9")));
    }

    private static @Nullable BigDecimal valueOf(String figure, JsonNode line) {
        JsonNode measure = line.get("measures").get(figure);
        if (measure != null) {
            return figure.endsWith("_micros") ? measure.decimalValue().movePointLeft(6) : measure.decimalValue();
        }
        JsonNode ratio = line.get("ratios").get(figure);
        return ratio == null || ratio.isNull() ? null : ratio.decimalValue();
    }
}
