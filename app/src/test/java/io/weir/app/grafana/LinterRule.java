package io.weir.app.grafana;

import io.weir.app.grafana.Dashboard.Panel;
import io.weir.app.grafana.Dashboard.Query;
import io.weir.app.grafana.Dashboard.Variable;
import io.weir.app.grafana.PromQl.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of <a href="https://github.com/grafana/dashboard-linter">grafana/dashboard-linter</a>, by their names
 * there, asked of every kind of panel and not only of those that the linter knows.
 */
enum LinterRule {
    TEMPLATE_DATASOURCE("template-datasource-rule", LinterRule::templatedDataSource),
    TEMPLATE_JOB("template-job-rule", board -> matcherVariable(board, "job", "Job")),
    TEMPLATE_INSTANCE("template-instance-rule", board -> matcherVariable(board, "instance", "Instance")),
    /** That the argument is PromQL is for {@link #expressions}. */
    TEMPLATE_LABEL_PROMQL("template-label-promql-rule", LinterRule::knownVariableFunctions),
    TEMPLATE_ON_TIME_CHANGE_RELOAD("template-on-time-change-reload-rule", LinterRule::variablesFollowTheTimeRange),
    PANEL_DATASOURCE("panel-datasource-rule", LinterRule::panelsUseTheVariable),
    PANEL_TITLE_DESCRIPTION("panel-title-description-rule", LinterRule::panelsSayWhatTheyShow),
    PANEL_UNITS("panel-units-rule", LinterRule::panelsHaveUnits),
    PANEL_NO_TARGETS("panel-no-targets-rule", LinterRule::panelsAskSomething),
    /** Nothing to check but that no query goes to Loki. */
    TARGET_LOGQL("target-logql-rule", LinterRule::onlyPrometheus),
    /** Nothing to check but that no query goes to Loki. */
    TARGET_LOGQL_AUTO("target-logql-auto-rule", LinterRule::onlyPrometheus),
    /** That an expression is PromQL is for {@link #expressions}. */
    TARGET_PROMQL("target-promql-rule", LinterRule::noEmptyExpressions),
    TARGET_RATE_INTERVAL("target-rate-interval-rule", LinterRule::ratesFollowTheResolution),
    TARGET_JOB("target-job-rule", board -> selectorsMatch(board, "job")),
    TARGET_INSTANCE("target-instance-rule", board -> selectorsMatch(board, "instance")),
    TARGET_COUNTER_AGG("target-counter-agg-rule", LinterRule::countersAreRated),
    UNEDITABLE_DASHBOARD("uneditable-dashboard", LinterRule::uneditable);

    /** What a rule found wrong; {@code where} is the metric, the variable or the panel. */
    record Finding(String dashboard, String where, String what) {}

    private static final Set<String> DATA_SOURCES = Set.of("$datasource", "${datasource}");
    private static final Pattern VARIABLE_QUERY =
            Pattern.compile("(label_names|label_values|metrics|query_result)\\((.+)\\)");
    /** Those of Grafana's units that these figures need. */
    private static final Set<String> UNITS = Set.of(
            "none",
            "short",
            "locale",
            "string",
            "percentunit",
            "bytes",
            "s",
            "ms",
            "cps",
            "cpm",
            "dateTimeAsSystem",
            "dateTimeFromNow");

    final String title;
    private final Function<Dashboard, List<Finding>> check;

    LinterRule(String title, Function<Dashboard, List<Finding>> check) {
        this.title = title;
        this.check = check;
    }

    List<Finding> check(Dashboard dashboard) {
        return check.apply(dashboard);
    }

    /** Every PromQL expression of a dashboard: of its queries, and in its variables' queries. */
    static List<String> expressions(Dashboard dashboard) {
        List<String> found = new ArrayList<>();
        dashboard.queries().forEach(query -> found.add(query.expression()));
        for (Variable variable : dashboard.variables()) {
            Matcher query = VARIABLE_QUERY.matcher(variable.query());
            if (variable.type().equals("query") && query.matches()) {
                boolean withLabel = query.group(1).equals("label_values");
                found.add(withLabel ? query.group(2).substring(0, query.group(2).lastIndexOf(',')) : query.group(2));
            }
        }
        return found;
    }

    private static List<Finding> templatedDataSource(Dashboard board) {
        boolean there = board.variables().stream()
                .anyMatch(variable -> variable.type().equals("datasource")
                        && variable.name().equals("datasource")
                        && variable.query().equals("prometheus")
                        && variable.json().path("label").asText().equals("Data source"));
        return there ? List.of() : finding(board, "datasource", "no variable for the data source");
    }

    private static List<Finding> matcherVariable(Dashboard board, String name, String label) {
        Optional<Variable> variable = board.variables().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        boolean fits = variable.isPresent()
                && variable.get().type().equals("query")
                && DATA_SOURCES.contains(
                        variable.get().json().at("/datasource/uid").asText())
                && variable.get().json().path("label").asText().equals(label)
                && variable.get().json().path("multi").asBoolean()
                && variable.get().json().path("allValue").asText().equals(".+");
        return fits ? List.of() : finding(board, name, "no multi-value query variable with .+ for all");
    }

    private static List<Finding> knownVariableFunctions(Dashboard board) {
        return ofVariables(
                board,
                variable -> VARIABLE_QUERY.matcher(variable.query()).matches(),
                "not one of Prometheus' variable queries");
    }

    private static List<Finding> variablesFollowTheTimeRange(Dashboard board) {
        return ofVariables(
                board,
                variable -> variable.json().path("refresh").asInt() == 2,
                "is not refreshed when the time range changes");
    }

    private static List<Finding> ofVariables(Dashboard board, Function<Variable, Boolean> holds, String else_) {
        return board.variables().stream()
                .filter(variable -> variable.type().equals("query") && !holds.apply(variable))
                .map(variable -> new Finding(board.uid(), variable.name(), else_))
                .toList();
    }

    private static List<Finding> panelsUseTheVariable(Dashboard board) {
        return ofPanels(
                board,
                panel ->
                        DATA_SOURCES.contains(panel.json().at("/datasource/uid").asText()),
                "does not use the variable for the data source");
    }

    private static List<Finding> panelsSayWhatTheyShow(Dashboard board) {
        return ofPanels(
                board,
                panel -> !panel.title().isBlank()
                        && !panel.json().path("description").asText().isBlank(),
                "has no title or no description");
    }

    private static List<Finding> panelsHaveUnits(Dashboard board) {
        return ofPanels(
                board,
                panel -> {
                    List<String> units = new ArrayList<>();
                    units.add(panel.json().at("/fieldConfig/defaults/unit").asText());
                    panel.json().at("/fieldConfig/overrides").findParents("id").stream()
                            .filter(property -> property.path("id").asText().equals("unit"))
                            .forEach(
                                    property -> units.add(property.path("value").asText()));
                    return UNITS.containsAll(units);
                },
                "has no unit or an unknown one");
    }

    private static List<Finding> panelsAskSomething(Dashboard board) {
        return ofPanels(board, panel -> !panel.queries().isEmpty(), "has no query");
    }

    private static List<Finding> onlyPrometheus(Dashboard board) {
        return ofPanels(
                board,
                panel -> Dashboard.stream(panel.json().path("targets"))
                        .allMatch(
                                target -> target.at("/datasource/type").asText().equals("prometheus")),
                "asks another data source than Prometheus");
    }

    private static List<Finding> noEmptyExpressions(Dashboard board) {
        return ofPanels(
                board,
                panel -> panel.queries().stream()
                        .noneMatch(query -> query.expression().isBlank()),
                "has an empty query");
    }

    private static List<Finding> ofPanels(Dashboard board, Function<Panel, Boolean> holds, String else_) {
        return board.panels().stream()
                .filter(panel -> !holds.apply(panel))
                .map(panel -> new Finding(board.uid(), panel.title(), else_))
                .toList();
    }

    private static List<Finding> ratesFollowTheResolution(Dashboard board) {
        return ofSelectors(
                board,
                selector -> !Set.of("rate", "irate").contains(selector.call())
                        || selector.range().equals("$__rate_interval"),
                "is not rated over $__rate_interval");
    }

    private static List<Finding> selectorsMatch(Dashboard board, String label) {
        return ofSelectors(
                board,
                selector -> ("=~\"$" + label + "\"").equals(selector.matchers().get(label)),
                "has no matcher for $" + label);
    }

    /** A recorded maximum of a counter is one, too. */
    private static List<Finding> countersAreRated(Dashboard board) {
        return ofSelectors(
                board,
                selector -> !selector.metric().matches(".*_total|partition:.*:max")
                        || (Set.of("rate", "irate", "increase").contains(selector.call())
                                && !selector.range().isEmpty()),
                "is a counter without rate, irate or increase");
    }

    private static List<Finding> ofSelectors(Dashboard board, Function<Selector, Boolean> holds, String else_) {
        List<Finding> found = new ArrayList<>();
        for (Query query : board.queries()) {
            PromQl.selectors(query.expression()).stream()
                    .filter(selector -> !holds.apply(selector))
                    .map(selector -> new Finding(board.uid(), selector.metric(), else_ + " in " + query))
                    .forEach(found::add);
        }
        return found;
    }

    private static List<Finding> uneditable(Dashboard board) {
        return board.json().path("editable").asBoolean(true)
                ? finding(board, "editable", "can be edited, and the file would not know")
                : List.of();
    }

    private static List<Finding> finding(Dashboard board, String where, String what) {
        return List.of(new Finding(board.uid(), where, what));
    }

    @Override
    public String toString() {
        return title;
    }
}
