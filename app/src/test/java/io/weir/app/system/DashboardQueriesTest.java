package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.broker.BrokerProcess;
import io.weir.app.grafana.Dashboard;
import io.weir.app.grafana.Dashboard.Panel;
import io.weir.app.grafana.Dashboard.Query;
import io.weir.app.grafana.Dashboard.Variable;
import io.weir.app.grafana.PromQl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of the dashboards, with values for their variables as Grafana would put them in, asked of a real
 * Prometheus that has scraped a real run. Figures of a window may be absent where the window saw too little, so a query
 * must have data in one of the windows at least.
 */
@ExtendWith(SharedBroker.class)
class DashboardQueriesTest {
    /** Until these have results, not everything has happened that the dashboards show. */
    private static final List<String> SIGNS = List.of(
            "rate(partition:weir_events:max{outcome=\"rejected\"}[20s]) > 0",
            "rate(partition:weir_source_credited_revenue:max[20s]) > 0",
            "rate(weir_latency_seconds_count[20s]) > 0",
            "rate(jvm_gc_pause_seconds_sum[20s])",
            "weir_campaign_buyers{window=\"5m\"} > 0",
            "weir_product_buyers{window=\"1m\"} > 0",
            "campaign:weir_roas:target",
            "count_over_time(up[30s]) >= 5");

    /** A run is too short for a day before: these queries are then asked without looking back. */
    private static final Pattern OFFSET = Pattern.compile(" offset (\\$before|1d|1w)");

    private static final Pattern FINITE = Pattern.compile("[-+0-9.e]+");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final Pattern QUERY_RESULT = Pattern.compile("query_result\\((.*)\\)");

    @TempDir
    static Path folder;

    private static ScrapedShop shop;
    private static final Map<String, List<Map<String, String>>> VALUES = new HashMap<>();

    @BeforeAll
    static void scrapeARun(BrokerProcess broker) throws Exception {
        Programs.require("prometheus", "prometheus");
        shop = ScrapedShop.start(broker, folder, SIGNS);
        for (Dashboard board : Dashboard.all()) {
            VALUES.put(board.uid(), valuesByWindow(board));
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (shop != null) {
            shop.close();
        }
    }

    static Stream<Query> queries() {
        return Dashboard.all().stream()
                .flatMap(board -> board.queries().stream())
                .filter(query -> !query.isDots());
    }

    static Stream<Panel> plots() {
        return Dashboard.all().stream()
                .flatMap(board -> board.panels().stream())
                .filter(panel -> panel.queries().stream().anyMatch(Query::isDots));
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void hasData(Query query) throws IOException {
        boolean found = hasData(query, query.expression());
        if (!found && OFFSET.matcher(query.expression()).find()) {
            found = hasData(query, OFFSET.matcher(query.expression()).replaceAll(""));
        }
        assertThat(found).as("data for %s", query.expression()).isTrue();
    }

    private static boolean hasData(Query query, String expression) throws IOException {
        for (Map<String, String> values : VALUES.get(query.dashboard())) {
            String filled = PromQl.fill(expression, values);
            JsonNode series = query.overTime() ? shop.queryRange(filled) : shop.query(filled);
            if (hasNumber(series)) {
                return true;
            }
        }
        return false;
    }

    /** NaN and infinities are no figures. */
    private static boolean hasNumber(JsonNode series) {
        for (JsonNode each : series) {
            List<JsonNode> samples = new ArrayList<>();
            each.path("values").forEach(samples::add);
            if (each.has("value")) {
                samples.add(each.get("value"));
            }
            if (samples.stream()
                    .anyMatch(sample -> FINITE.matcher(sample.get(1).asText()).matches())) {
                return true;
            }
        }
        return false;
    }

    /** A dot is in one of several series, which tells by its colour what to do about it: in one, and only one. */
    @ParameterizedTest
    @MethodSource("plots")
    void everyDotHasOneColour(Panel plot) throws IOException {
        List<Integer> dots = new ArrayList<>();
        for (Map<String, String> values : VALUES.get(plot.dashboard().uid())) {
            Set<JsonNode> horizontal = new HashSet<>();
            Set<JsonNode> ends = new HashSet<>();
            List<JsonNode> coloured = new ArrayList<>();
            for (Query query : plot.queries()) {
                List<JsonNode> keys =
                        shop.query(PromQl.fill(query.expression(), values)).findValues("metric");
                (query.isLine() ? ends : query.isDots() ? coloured : horizontal).addAll(keys);
            }
            assertThat(coloured.isEmpty() || horizontal.containsAll(ends))
                    .as("lines lie in the plot")
                    .isTrue();
            horizontal.removeAll(ends);
            assertThat(coloured).containsExactlyInAnyOrderElementsOf(horizontal);
            dots.add(coloured.size());
        }
        assertThat(dots).as("dots by window").anyMatch(number -> number > 1);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void namesOnlyMetricsThatTheRunHas(Dashboard board) throws IOException {
        assertThat(board.queries().stream()
                        .flatMap(query -> PromQl.selectors(query.expression()).stream())
                        .map(PromQl.Selector::metric))
                .isSubsetOf(shop.metrics());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void offersValuesToChooseFrom(Dashboard board) {
        assertThat(VALUES.get(board.uid()))
                .allSatisfy(values -> assertThat(values.values()).doesNotContain(""));
    }

    /** For each window that can be chosen, or once where none can: what the variables stand for. */
    private static List<Map<String, String>> valuesByWindow(Dashboard board) throws IOException {
        List<String> windows = board.variables().stream()
                .filter(variable -> variable.name().equals("window"))
                .findFirst()
                .map(Variable::options)
                .orElse(List.of(""));
        List<Map<String, String>> found = new ArrayList<>();
        for (String window : windows) {
            Map<String, String> values = new LinkedHashMap<>(Map.of("__rate_interval", "20s", "__range", "1m"));
            values.put("window", window);
            for (Variable variable : board.variables()) {
                if (variable.type().equals("query")) {
                    values.put(variable.name(), valueOf(variable, values));
                } else if (!values.containsKey(variable.name())
                        && !variable.options().isEmpty()) {
                    values.put(variable.name(), variable.options().get(0));
                }
            }
            if (window.isEmpty()) {
                values.remove("window");
            }
            found.add(values);
        }
        return found;
    }

    /** All that the variable's query offers, joined as Grafana joins it for a matcher with {@code =~}. */
    private static String valueOf(Variable variable, Map<String, String> values) throws IOException {
        Matcher labels = LABEL_VALUES.matcher(variable.query());
        if (labels.matches()) {
            String selector = PromQl.fill(labels.group(1), values);
            return shop
                    .query("group by (" + labels.group(2) + ") (" + selector + ")")
                    .findValuesAsText(labels.group(2))
                    .stream()
                    .map(value -> value.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\\\\\$0"))
                    .collect(Collectors.joining("|"));
        }
        Matcher result = QUERY_RESULT.matcher(variable.query());
        assertThat(result.matches()).as(variable.query()).isTrue();
        StringBuilder text = new StringBuilder();
        shop.query(PromQl.fill(result.group(1), values))
                .get(0)
                .get("metric")
                .fields()
                .forEachRemaining(label ->
                        text.append(label.getKey() + "=\"" + label.getValue().asText() + "\""));
        Matcher value =
                Pattern.compile(variable.regex().replaceAll("^/|/$", "")).matcher(text);
        return value.find() ? value.group(1) : "";
    }
}
