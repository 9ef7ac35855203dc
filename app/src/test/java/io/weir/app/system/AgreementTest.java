package io.weir.app.system;

import static io.weir.app.system.ShownFigures.assertPageShows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.broker.BrokerProcess;
import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** After a replay has been read to its end, every place that shows a figure, the page in a browser too, shows the batch computation's. */
@ExtendWith(SharedBroker.class)
class AgreementTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> PERIODS = List.of("1m", "5m", "1h", "24h", "today");
    private static final double EVENTS_A_SECOND = 0.2;

    @TempDir
    Path folder;

    @Test
    void metricsApiPageAndWindowsTopicAgreeForEveryDimensionAndPeriod(BrokerProcess broker) throws Exception {
        Map<String, String> unfolded = Map.of(
                "idle.timeout",
                "PT1S",
                "metrics.products",
                "1000",
                "metrics.sources",
                "100",
                "metrics.product.sources",
                "2000",
                "metrics.campaigns",
                "1000");
        List<EventRow> events = eventsOfTheLastDay();
        Acceptance judged = Acceptance.ofAll(events, OracleSettings.DEFAULT);
        try (Application weir = new Application("agree", broker, folder, unfolded)) {
            weir.publish(events);
            Child first = weir.start(1);
            RunningWeir reading = RunningWeir.of(first);
            await().atMost(LONG).ignoreExceptions().until(() -> reading.read() == events.size());
            // After reading a day within seconds it takes minutes until the last minute is known again; a restart does
            // too.
            first.terminate();
            first.exitStatus(Duration.ofSeconds(30));
            RunningWeir running = RunningWeir.of(weir.start(1));
            await().atMost(LONG).untilAsserted(() -> assertShown(running, judged));
            assertThat(weir.windowsCsv())
                    .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT)));
            assertPageShowsWhatTheApiAnswers(running);
        }
    }

    private static void assertPageShowsWhatTheApiAnswers(RunningWeir weir) throws IOException {
        Browser.assumeInstalled();
        try (Browser browser = Browser.start()) {
            for (String period : PERIODS) {
                String query = "?window=" + period + "&top=100";
                browser.open(weir.page().resolve("/" + query));
                await().atMost(LONG)
                        .untilAsserted(() -> assertPageShows(browser, period, weir.json("api/v1/board" + query)));
                assertThat(browser.console()).isEmpty();
            }
        }
    }

    private static List<EventRow> eventsOfTheLastDay() {
        Instant now = Instant.now();
        List<EventRow> events = Events.ofShop(31, now.minus(Duration.ofHours(25)), EVENTS_A_SECOND, 30_000);
        // Of a quarter of the products, so that one answer of the API holds all keys of a dimension.
        events.removeIf(event ->
                event.timeMs() > now.toEpochMilli() || event.productId().hashCode() % 4 != 0);
        assertThat(events).hasSizeGreaterThan(3_000);
        return events;
    }

    /** Fails, to be tried again, where a minute passes between two looks. */
    private static void assertShown(RunningWeir weir, Acceptance judged) throws IOException {
        Map<String, String> ends = ends(weir);
        Map<String, List<String>> shown = fromApi(weir);
        Map<String, List<String>> scraped = fromMetrics(weir);
        assertThat(ends(weir)).isEqualTo(ends);
        for (String period : PERIODS) {
            List<String> expected = BatchOracle.spanCsv(
                    judged, OracleSettings.DEFAULT, ms(weir, period, "start"), ms(weir, period, "end"));
            assertThat(shown.get(period)).as("API, %s", period).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(scraped.get(period)).as("metrics, %s", period).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(shown.get("24h")).as("not all empty").hasSizeGreaterThan(100);
    }

    private static JsonNode now(RunningWeir weir, Dimension dimension, String period) throws IOException {
        String path = "api/v1/now?dimension=" + dimension.label() + "&window=" + period + "&top=1000";
        JsonNode answer = weir.json(path);
        assertThat(answer.has("lines")).as("%s answers %s", path, answer).isTrue();
        return answer;
    }

    private static Map<String, String> ends(RunningWeir weir) throws IOException {
        Map<String, String> ends = new TreeMap<>();
        for (String period : PERIODS) {
            ends.put(period, now(weir, Dimension.TOTAL, period).get("end").asText());
        }
        return ends;
    }

    private static long ms(RunningWeir weir, String period, String edge) throws IOException {
        return Instant.parse(now(weir, Dimension.TOTAL, period).get(edge).asText())
                .toEpochMilli();
    }

    private static Map<String, List<String>> fromApi(RunningWeir weir) throws IOException {
        Map<String, List<String>> byPeriod = new HashMap<>();
        for (String period : PERIODS) {
            List<String> lines = new ArrayList<>();
            for (Dimension dimension : Dimension.values()) {
                JsonNode answer = now(weir, dimension, period);
                assertThat(answer.get("lines")).hasSize(answer.get("keys").asInt());
                for (JsonNode line : answer.get("lines")) {
                    Map<Measure, Long> measures = new HashMap<>();
                    for (Measure measure : Measure.values()) {
                        measures.put(
                                measure,
                                line.get("measures").get(measure.label()).asLong());
                    }
                    lines.add(csv(
                            dimension, text(line, "product"), text(line, "source"), text(line, "campaign"), measures));
                }
            }
            byPeriod.put(period, lines);
        }
        return byPeriod;
    }

    private static String text(JsonNode line, String field) {
        return line.get(field).isNull() ? "" : line.get(field).asText();
    }

    private static Map<String, List<String>> fromMetrics(RunningWeir weir) {
        Map<String, Map<List<String>, Map<Measure, Long>>> rows = new HashMap<>();
        for (Exposition.Sample sample : Exposition.parse(weir.get("metrics").body())) {
            for (Dimension dimension : Dimension.values()) {
                for (Measure measure : Measure.values()) {
                    if (sample.name().equals(metric(dimension, measure))
                            && sample.labels().containsKey("window")) {
                        double unit = measure.label().endsWith("_micros") ? 1_000_000 : 1;
                        rows.computeIfAbsent(sample.labels().get("window"), period -> new HashMap<>())
                                .computeIfAbsent(key(dimension, sample.labels()), key -> new HashMap<>())
                                .put(measure, Math.round(sample.value() * unit));
                    }
                }
            }
        }
        Map<String, List<String>> byPeriod = new HashMap<>();
        for (String period : PERIODS) {
            List<String> lines = new ArrayList<>();
            rows.getOrDefault(period, Map.of()).forEach((key, measures) -> {
                assertThat(measures).as("%s", key).hasSize(Measure.values().length);
                // A key that is listed in one period is there in all, with zeros.
                if (measures.values().stream().allMatch(value -> value == 0)) {
                    return;
                }
                lines.add(csv(Dimension.of(key.get(0)), key.get(1), key.get(2), key.get(3), measures));
            });
            byPeriod.put(period, lines);
        }
        return byPeriod;
    }

    private static String metric(Dimension dimension, Measure measure) {
        String about = dimension == Dimension.TOTAL ? "shop" : dimension.label();
        return "weir_" + about + "_" + measure.label().replace("_micros", "");
    }

    private static List<String> key(Dimension dimension, Map<String, String> labels) {
        return List.of(
                dimension.label(),
                labels.getOrDefault("product", ""),
                labels.getOrDefault("source", ""),
                labels.getOrDefault("campaign", ""));
    }

    /** In the form of {@link BatchOracle#spanCsv}. */
    private static String csv(
            Dimension dimension, String product, String source, String campaign, Map<Measure, Long> measures) {
        StringJoiner line = new StringJoiner(",");
        line.add("").add(dimension.label()).add(product).add(source).add(campaign);
        for (Measure measure : Measure.values()) {
            line.add(Long.toString(measures.get(measure)));
        }
        return line.toString();
    }
}
