package io.weir.app.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.grafana.Dashboard.Panel;
import io.weir.app.grafana.Dashboard.Query;
import io.weir.app.grafana.LinterRule.Finding;
import io.weir.app.grafana.PromQl.Selector;
import io.weir.domain.Measure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards keep to dashboard-linter's rules, and to those that these figures ask for. */
class DashboardsTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
    private static final Pattern LINK_PARAMETER = Pattern.compile("\\$\\{(\\w+):queryparam}|var-(\\w+)=");
    private static final Pattern RECORD = Pattern.compile("record: *['\"]?([\\w:]+)");
    private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)/([\\w-]+)\\?(.*)");
    private static final Pattern FIGURE = Pattern.compile("weir_(shop|product_source|product|source|campaign)_(.*)");

    /** Okabe and Ito's colours, which the colour-blind can tell apart, greys, and the theme's own text colour. */
    private static final Set<String> COLOURS = Set.of(
            "#0072B2",
            "#56B4E9",
            "#E69F00",
            "#D55E00",
            "#009E73",
            "#CC79A7",
            "#F0E442",
            "#8E8E8E",
            "rgba(142, 142, 142, 0.3)",
            "text",
            "transparent");

    /** Figures of keys that are folded together have no distinct people. */
    private static final Set<String> PEOPLE = Set.of("visitors", "buyers");

    /** Metrics of Weir that are no figures of a window. */
    private static final Set<String> OWN_METRICS = Set.of(
            "weir_reporting_currency_info",
            "weir_min_visitors",
            "weir_generated_traffic",
            "weir_folded_keys",
            "weir_keys",
            "weir_watermark_timestamp_seconds",
            "weir_stream_time_timestamp_seconds",
            "weir_consumer_lag_records",
            "weir_latency_seconds_bucket",
            "weir_ready",
            "weir_restore_remaining_records",
            "weir_stream_thread_restarts_total",
            "weir_owned_partitions",
            "weir_partitions",
            "weir_build_info");

    /** Prometheus' own, and Micrometer's; that a run has them is for {@code DashboardQueriesTest}. */
    private static final Pattern OTHERS_METRICS =
            Pattern.compile("up|ALERTS|ALERTS_FOR_STATE|(jvm|process|system|kafka_stream|kafka_consumer)_.*");

    /**
     * Where a rule does not apply.
     *
     * @param where matches the whole of {@link Finding#where}
     */
    private record Exclusion(LinterRule rule, String dashboards, String where, String reason) {
        boolean covers(LinterRule broken, Finding finding) {
            return rule == broken
                    && finding.dashboard().matches(dashboards)
                    && finding.where().matches(where);
        }
    }

    private static final String BUSINESS = "weir-overview|weir-sources|weir-products";

    private static final List<Exclusion> EXCLUSIONS = List.of(
            new Exclusion(
                    LinterRule.TEMPLATE_INSTANCE,
                    BUSINESS,
                    "instance",
                    "a key's figures are on whichever instance owns it: one instance alone is an arbitrary part of the shop"),
            new Exclusion(LinterRule.TARGET_INSTANCE, BUSINESS, ".*", "as for template-instance-rule"),
            new Exclusion(
                    LinterRule.TARGET_INSTANCE,
                    "weir-pipeline",
                    "partition:.*:max",
                    "recorded without the instance, since a partition moves"),
            new Exclusion(
                    LinterRule.TARGET_INSTANCE,
                    "weir-pipeline",
                    "weir_partitions|weir_owned_partitions",
                    "partitions without an owner are missing from all instances together"),
            new Exclusion(
                    LinterRule.TARGET_INSTANCE,
                    "weir-pipeline",
                    "ALERTS",
                    "an alert has the labels that its expression leaves, and few leave the instance"),
            new Exclusion(
                    LinterRule.TARGET_JOB,
                    ".*",
                    "ALERTS|ALERTS_FOR_STATE",
                    "an alert has the labels that its expression leaves, and few leave the job"),
            new Exclusion(
                    LinterRule.TARGET_JOB,
                    "weir-sources",
                    "weir:campaign_roas:target",
                    "a limit, the same for all shops"));

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @EnumSource
    void theLinterFindsNothingButWhatIsExcludedWithAReason(LinterRule rule) {
        List<Finding> findings = Dashboard.all().stream()
                .flatMap(board -> rule.check(board).stream())
                .toList();
        List<Exclusion> exclusions =
                EXCLUSIONS.stream().filter(each -> each.rule == rule).toList();

        assertThat(findings).allMatch(finding -> exclusions.stream().anyMatch(each -> each.covers(rule, finding)));
        assertThat(exclusions)
                .as("exclusions that exclude something")
                .allMatch(each -> findings.stream().anyMatch(finding -> each.covers(rule, finding)));
    }

    @Test
    void everyExpressionIsPromQl(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed (Debian: prometheus)");
        List<Map<String, String>> rules = new ArrayList<>();
        for (Dashboard board : Dashboard.all()) {
            for (String expression : LinterRule.expressions(board)) {
                rules.add(Map.of("record", "q" + rules.size(), "expr", withDurations(expression)));
            }
        }
        Path file = folder.resolve("rules.yml");
        Map<String, Object> group = Map.of("name", "dashboards", "rules", rules);
        Files.writeString(file, new ObjectMapper().writeValueAsString(Map.of("groups", List.of(group))));

        Path says = folder.resolve("promtool.txt");
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "rules", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(says.toFile())
                .start();
        assertThat(promtool.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(promtool.exitValue()).as(Files.readString(says)).isZero();
    }

    /** Variables outside of texts stand for numbers and durations. */
    private static String withDurations(String expression) {
        return expression.replaceAll("\\$\\{?(__\\w+|before)}?", "5m").replaceAll("\\$(margin|top)\\b", "2");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void grafana11LoadsIt(Dashboard board) {
        assertThat(board.uid()).isEqualTo("weir-" + board.file().replace(".json", ""));
        assertThat(board.json().path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(board.json().path("id").isNull()).as("Grafana gives the id").isTrue();
        assertThat(board.json().path("tags")).extracting(JsonNode::asText).containsExactly("weir");
        assertThat(board.panels())
                .extracting(Panel::type)
                .isSubsetOf("stat", "table", "timeseries", "bargauge", "barchart", "xychart");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveIdsOfTheirOwnAndDoNotOverlap(Dashboard board) {
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : board.json().path("panels")) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("%s", panel.path("title"))
                    .isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, 24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    List<Integer> cell =
                            List.of(place.path("x").asInt() + x, place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void refersOnlyToVariablesThatItHas(Dashboard board) {
        Set<String> used = Dashboard.texts(board.json()).stream()
                .flatMap(text -> VARIABLE.matcher(text).results().map(found -> found.group(1)))
                .filter(name -> !name.startsWith("__"))
                .collect(Collectors.toSet());

        assertThat(used).isEqualTo(board.variableNames());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void linksLeadToDashboardsThatKnowTheVariables(Dashboard board) {
        Map<String, Dashboard> byUid = Dashboard.all().stream().collect(Collectors.toMap(Dashboard::uid, each -> each));
        List<String> links = board.json().findValuesAsText("url").stream()
                .filter(url -> !url.isEmpty())
                .toList();

        assertThat(links).allSatisfy(url -> {
            MatchResult link = LINK.matcher(url).results().findFirst().orElseThrow();
            assertThat(byUid).containsKey(link.group(1));
            assertThat(link.group(3)).startsWith("${__url_time_range}&${datasource:queryparam}&${job:queryparam}");
            List<String> passed = LINK_PARAMETER
                    .matcher(link.group(3))
                    .results()
                    .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                    .toList();
            assertThat(byUid.get(link.group(1)).variableNames()).containsAll(passed);
        });
        assertThat(board.json().at("/links/0/tags/0").asText()).isEqualTo("weir");
        assertThat(board.json().at("/links/0/includeVars").asBoolean()).isTrue();
        assertThat(board.json().at("/links/0/keepTime").asBoolean()).isTrue();
    }

    @Test
    void leadsFromTheOverviewToSourcesToProducts() {
        Map<String, Set<String>> targets = Dashboard.all().stream()
                .collect(Collectors.toMap(
                        Dashboard::uid,
                        board -> board.json().findValuesAsText("url").stream()
                                .flatMap(url -> LINK.matcher(url).results())
                                .map(link -> link.group(1))
                                .collect(Collectors.toSet())));

        assertThat(targets.get("weir-overview")).contains("weir-sources", "weir-products");
        assertThat(targets.get("weir-sources")).contains("weir-products");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void usesColoursThatTheColourBlindCanTellApart(Dashboard board) {
        Set<String> colours = Stream.of("color", "fixedColor", "iconColor")
                .flatMap(key -> board.json().findValues(key).stream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(colours).isSubsetOf(COLOURS);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void namesOnlyMetricsThatExist(Dashboard board) throws IOException {
        Set<String> recorded = recordedMetrics();
        Set<String> measures = Stream.of(Measure.values())
                .map(measure -> measure.label().replace("_micros", ""))
                .collect(Collectors.toSet());

        assertThat(selectors(board))
                .extracting(Selector::metric)
                .allMatch(name -> recorded.contains(name)
                        || OWN_METRICS.contains(name)
                        || OTHERS_METRICS.matcher(name).matches()
                        || (FIGURE.matcher(name).matches()
                                && measures.contains(FIGURE.matcher(name).replaceFirst("$2"))));
    }

    private static Set<String> recordedMetrics() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Dashboard.ROOT.resolve("prometheus/rules"), "*.yml")) {
            for (Path file : files) {
                RECORD.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }

    /** While a key moves, Prometheus can see it on two instances at once: a sum would count it twice. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void aKeyThatMovesBetweenInstancesIsCountedOnce(Dashboard board) {
        assertThat(figures(board)).allSatisfy(figure -> {
            assertThat(figure.call()).isEqualTo("max");
            assertThat(figure.matchers()).containsEntry("window", "=\"$window\"");
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void distinctPeopleAreNotAskedOfFoldedKeys(Dashboard board) {
        assertThat(figures(board)).allSatisfy(figure -> {
            MatchResult name =
                    FIGURE.matcher(figure.metric()).results().findFirst().orElseThrow();
            if (PEOPLE.contains(name.group(2)) && !name.group(1).equals("shop")) {
                for (String label : name.group(1).split("_")) {
                    assertThat(figure.matchers().get(label)).contains("!=\"__other__\"");
                }
            }
        });
    }

    private static List<Selector> figures(Dashboard board) {
        return selectors(board).stream()
                .filter(selector -> selector.matchers().containsKey("window"))
                .filter(selector -> FIGURE.matcher(selector.metric()).matches())
                .toList();
    }

    private static List<Selector> selectors(Dashboard board) {
        return board.queries().stream()
                .map(Query::expression)
                .flatMap(expression -> PromQl.selectors(expression).stream())
                .toList();
    }
}
