package io.weir.app.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.grafana.PromQl.Selector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsASelectorWithItsMatchersRangeAndCalls() {
        assertThat(PromQl.selectors("sum by (le, a) (rate(x_bucket{job=~\"$job\", a!=\"{,}\"}[$__rate_interval]))"))
                .containsExactly(new Selector(
                        "x_bucket",
                        Map.of("job", "=~\"$job\"", "a", "!=\"{,}\""),
                        "$__rate_interval",
                        List.of("rate", "sum")));
    }

    @Test
    void takesNeitherOperatorsNorLabelsNorNumbersForMetrics() {
        assertThat(PromQl.selectors("1.5 * a:b:max offset 1d / ignoring (c) group_left () ((d > bool 0) and on (e) f) "
                        + "or label_replace(vector($x), \"g\", \"h\", \"\", \"\")"))
                .extracting(Selector::metric)
                .containsExactly("a:b:max", "d", "f");
    }

    @Test
    void seesTheFunctionAroundParentheses() {
        Selector selector = PromQl.selectors("topk(10, (a))").get(0);

        assertThat(selector.calls()).containsExactly("", "topk");
        assertThat(selector.call()).isEqualTo("topk");
    }
}
