package io.weir.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.alerts.AlertName;
import io.weir.app.grafana.PromQl;
import io.weir.app.prometheus.MonitoringFolder.Answer;
import io.weir.app.prometheus.MonitoringFolder.Rule;
import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, their tests, the runbook and the configurations of Prometheus and Alertmanager, against each other. */
class PrometheusRulesTest {
    private static final Pattern RECORDED = Pattern.compile("[a-z_]+:[a-z_]+:[a-z0-9_]+");
    private static final Pattern IN_TEMPLATE = Pattern.compile("(?:[a-z_]+:)?weir_\\w+(?::\\w+)?");

    /** What dashboards and the API rely on. */
    private static final Set<String> ALERTS = Set.of(
            "WeirShopConversionDrop",
            "WeirSourceConversionDrop",
            "WeirProductConversionDrop",
            "WeirSourceTrafficGone",
            "WeirCampaignRoasBelowTarget",
            "WeirSpendWithoutLandings",
            "WeirBestSellerWithoutPayments",
            "WeirDataStale",
            "WeirLagGrowing",
            "WeirRejectsHigh",
            "WeirLateHigh",
            "WeirInstanceDown");

    /** Metrics that are no figures of a window, and Prometheus' own. */
    private static final Set<String> OTHER_METRICS = Set.of(
            "weir_reporting_currency_info",
            "weir_min_visitors",
            "weir_watermark_timestamp_seconds",
            "weir_consumer_lag_records",
            "weir_ready",
            "weir_owned_partitions",
            "weir_partitions",
            "weir_events_total",
            "weir_source_paid_clicks_total",
            "weir_source_spend_total",
            "weir_source_credited_payments_total",
            "weir_source_credited_revenue_total",
            "weir_source_reversed_payments_total",
            "weir_source_reversed_revenue_total",
            "up",
            "ALERTS");

    @TempDir
    Path scratch;

    static List<Rule> alerts() {
        return MonitoringFolder.alerts();
    }

    static List<String> stories() {
        return MonitoringFolder.files("tests");
    }

    @Test
    void promtoolAcceptsConfigurationAndRules() throws Exception {
        assertAccepts("promtool", "prometheus", "check", "config", "prometheus.yml");
        for (String file : MonitoringFolder.files("rules")) {
            assertAccepts("promtool", "prometheus", "check", "rules", "--lint-fatal", file);
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void promtoolSeesEveryStoryEndAsItShould(String file) throws Exception {
        assertAccepts("promtool", "prometheus", "test", "rules", file);
    }

    @Test
    void amtoolAcceptsTheConfiguration() throws Exception {
        assertAccepts("amtool", "prometheus-alertmanager", "check-config", "alertmanager.yml");
    }

    @ParameterizedTest
    @CsvSource({
        "severity=critical about=shop, pager",
        "severity=critical about=pipeline, pager",
        "severity=warning about=shop, tickets",
        "severity=warning about=pipeline, tickets",
        "alertname=Somebody_elses, tickets"
    })
    void alertmanagerWakesSomebodyForWhatIsCriticalOnly(String labels, String receiver) throws Exception {
        String command = "config routes test --config.file=alertmanager.yml --verify.receivers=" + receiver + " ";
        assertAccepts("amtool", "prometheus-alertmanager", (command + labels).split(" "));
    }

    private void assertAccepts(String program, String debianPackage, String... arguments) throws Exception {
        Answer answer = MonitoringFolder.run(scratch, program, debianPackage, arguments);
        assertThat(answer.status())
                .as("%s %s: %s", program, String.join(" ", arguments), answer.text())
                .isZero();
    }

    @Test
    void alertsAreThoseThatOthersRelyOn() {
        assertThat(alerts().stream().map(Rule::name).collect(Collectors.toSet()))
                .isEqualTo(ALERTS);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alertSaysHowGraveItIsAndWhereToLook(Rule alert) {
        assertThat(alert.labels().get("severity")).isIn("critical", "warning");
        assertThat(alert.labels().get("about")).isEqualTo(alert.file().contains("pipeline") ? "pipeline" : "shop");
        assertThat(alert.annotations().get("summary")).isNotBlank().endsWith(".");
        assertThat(alert.annotations().get("description")).isNotBlank().endsWith(".");
        assertThat(alert.annotations().get("runbook_url"))
                .isEqualTo("prometheus/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
        assertThat(alert.annotations().get("dashboard_url"))
                .matches("/d/weir-(overview|sources|products|pipeline)(\\?.*)?");
        assertThat(alert.yaml().has("for")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alertStandsInTheRunbook(Rule alert) {
        String runbook = MonitoringFolder.text("runbook.md");
        String begin = "\n## " + alert.name() + "\n";
        assertThat(runbook).contains(begin);
        String section =
                runbook.substring(runbook.indexOf(begin) + begin.length()).split("\n## ", 2)[0];
        assertThat(section)
                .contains(alert.labels().get("severity"))
                .containsSubsequence(
                        "\n### What it means\n\n", "\n### What to look at\n\n- ", "\n### What to do\n\n1. ");
    }

    /** Of Weir's own alerts, only this one has no counterpart among the rules. */
    @Test
    void runbookKnowsNoOtherAlertButSilentInputs() {
        Set<String> sections = new TreeSet<>();
        Matcher heading = Pattern.compile("(?m)^## (.*)$").matcher(MonitoringFolder.text("runbook.md"));
        while (heading.find()) {
            sections.add(heading.group(1));
        }
        Set<String> known = new TreeSet<>(ALERTS);
        known.add(AlertName.INPUT_SILENT.label());
        assertThat(sections).isEqualTo(known);
    }

    @Test
    void everyAlertHasAStoryInWhichItFiresAndOneInWhichItIsSilent() {
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (String file : stories()) {
            for (JsonNode story : MonitoringFolder.yaml(file).path("tests")) {
                story.path("alert_rule_test").forEach(look -> {
                    String name = look.path("alertname").asText();
                    (look.path("exp_alerts").isEmpty() ? silent : firing).add(name);
                });
            }
        }
        assertThat(firing).isEqualTo(ALERTS);
        assertThat(silent).isEqualTo(ALERTS);
    }

    @Test
    void storiesAreJudgedByAllRulesInAFixedOrder() {
        Set<String> groups = new HashSet<>();
        MonitoringFolder.files("rules")
                .forEach(file -> MonitoringFolder.yaml(file)
                        .path("groups")
                        .forEach(group -> groups.add(group.path("name").asText())));
        for (String file : stories()) {
            JsonNode order = MonitoringFolder.yaml(file).path("group_eval_order");
            assertThat(order)
                    .as(file)
                    .isNotEmpty()
                    .allSatisfy(group -> assertThat(groups).contains(group.asText()));
        }
    }

    @Test
    void recordingRulesAreNamedLevelMetricOperations() {
        assertThat(MonitoringFolder.rules())
                .filteredOn(rule -> !rule.isAlert())
                .allSatisfy(rule -> assertThat(rule.name()).matches(RECORDED));
    }

    @Test
    void rulesNameOnlySeriesThatThereAre() {
        Set<String> there = new HashSet<>(OTHER_METRICS);
        there.addAll(figures());
        MonitoringFolder.rules().forEach(rule -> there.add(rule.name()));
        assertThat(MonitoringFolder.rules())
                .allSatisfy(rule -> assertThat(there).containsAll(named(rule)));
    }

    private static Set<String> named(Rule rule) {
        Set<String> named = PromQl.selectors(rule.expression()).stream()
                .map(PromQl.Selector::metric)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String text : rule.annotations().values()) {
            Matcher name = IN_TEMPLATE.matcher(text);
            while (name.find()) {
                named.add(name.group());
            }
        }
        return named;
    }

    /** Rates of a counter that moves between instances are only right over the recorded series. */
    @Test
    void countersAreReadOnlyWhereTheyAreJoined() {
        assertThat(MonitoringFolder.rules())
                .filteredOn(rule -> !rule.name().startsWith("partition:"))
                .allSatisfy(rule ->
                        assertThat(rule.expression() + rule.annotations()).doesNotContainPattern("weir_\\w+_total"));
    }

    /** The figures' metrics are named by dimension and measure; money without its unit. */
    private static Set<String> figures() {
        Set<String> names = new HashSet<>();
        for (Dimension dimension : Dimension.values()) {
            String of = dimension == Dimension.TOTAL ? "shop" : dimension.label();
            for (Measure measure : Measure.values()) {
                names.add("weir_" + of + "_" + measure.label().replace("_micros", ""));
            }
        }
        return names;
    }
}
