package io.weir.app.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.grafana.LinterRule.Finding;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule finds its fault in a dashboard that has just that one. */
class LinterRuleTest {
    private static final String SOUND = """
            {"uid": "weir-sound", "editable": false,
             "templating": {"list": [
               {"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Data source"},
               {"name": "job", "type": "query", "label": "Job", "multi": true, "allValue": ".+", "refresh": 2,
                "datasource": {"uid": "${datasource}"}, "query": {"query": "label_values(up, job)"}},
               {"name": "instance", "type": "query", "label": "Instance", "multi": true, "allValue": ".+", "refresh": 2,
                "datasource": {"uid": "${datasource}"}, "query": {"query": "label_values(up, instance)"}}]},
             "panels": [
               {"type": "stat", "title": "Panel", "description": "What it shows.",
                "datasource": {"type": "prometheus", "uid": "${datasource}"}, "fieldConfig": {"defaults": {"unit": "cps"}},
                "targets": [{"refId": "A", "datasource": {"type": "prometheus"},
                  "expr": "sum(rate(x_total{job=~'$job', instance=~'$instance'}[$__rate_interval]))"}]}]}
            """.replace("'", "\\\"");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            template-datasource-rule             | Data source                | Prometheus
            template-job-rule                    | "label": "Job"             | "label": "job"
            template-instance-rule               | "name": "instance"         | "name": "pod"
            template-label-promql-rule           | label_values(up, job)      | values(up, job)
            template-on-time-change-reload-rule  | "refresh": 2               | "refresh": 1
            panel-datasource-rule                | "type": "prometheus", "uid": "${datasource}" | "uid": "mine"
            panel-title-description-rule         | What it shows.             | ''
            panel-units-rule                     | cps                        | apples
            panel-no-targets-rule                | targets                    | target
            target-logql-rule                    | {"type": "prometheus"}     | {"type": "loki"}
            target-logql-auto-rule               | {"type": "prometheus"}     | {"type": "loki"}
            target-promql-rule                   | "expr"                     | "query"
            target-rate-interval-rule            | $__rate_interval           | 5m
            target-job-rule                      | {job=~                     | {jobs=~
            target-instance-rule                 | , instance=~               | , instance=
            target-counter-agg-rule              | rate(x_total               | max_over_time(x_total
            uneditable-dashboard                 | "editable": false          | "editable": true
            """)
    void findsItsFault(String title, String sound, String broken) throws IOException {
        LinterRule rule = List.of(LinterRule.values()).stream()
                .filter(each -> each.title.equals(title))
                .findFirst()
                .orElseThrow();

        assertThat(check(rule, SOUND)).isEmpty();
        assertThat(SOUND).contains(sound);
        assertThat(check(rule, SOUND.replace(sound, broken))).isNotEmpty();
    }

    private static List<Finding> check(LinterRule rule, String json) throws IOException {
        return rule.check(new Dashboard("sound.json", new ObjectMapper().readTree(json)));
    }
}
