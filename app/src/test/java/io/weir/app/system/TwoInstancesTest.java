package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.app.broker.BrokerProcess;
import io.weir.domain.Credit;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.CreditReading;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.topology.WindowRow;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whichever of two instances is asked, the answer is that of one instance with everything; while partitions move there is
 * none rather than a wrong one.
 */
@ExtendWith(SharedBroker.class)
class TwoInstancesTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    /** Ten minutes of a shop; the watermark stays where they end. */
    private static final List<EventRow> EVENTS = Events.ofShop(41, Instant.parse("2026-03-02T18:00:00Z"), 10, 6_000);

    private static final Map<String, String> SETTINGS = Map.of("stream.threads", "1", "idle.timeout", "P30D");

    private static final List<String> DIMENSIONS = List.of("total", "source", "product", "product_source", "campaign");

    @TempDir
    Path folder;

    @Test
    void eitherAnswersForBothBeforeWhileAndAfterOneIsKilled(BrokerProcess broker) throws Exception {
        try (Application weir = new Application("answers", broker, folder, SETTINGS)) {
            weir.publish(EVENTS);
            Child stays = weir.start(1);
            Child goes = weir.start(2);
            RunningWeir one = RunningWeir.of(stays);
            RunningWeir other = RunningWeir.of(goes);
            await().atMost(LONG).until(() -> hasReadAll(one) && hasReadAll(other));
            await().atMost(LONG).until(() -> owns(one) && owns(other));

            Acceptance judged = Acceptance.ofAll(EVENTS, OracleSettings.DEFAULT);
            String computed = BatchOracle.file(BatchOracle.windowsCsv(judged, OracleSettings.DEFAULT));
            await().atMost(LONG).until(() -> weir.windowsCsv().equals(computed));
            // What is served from the stores is that of the last commit.
            Collection<WindowRow> published = weir.windows();
            await().atMost(LONG).untilAsserted(() -> agreesWithTheWindowsTopic(answers(one), published));

            Map<String, JsonNode> before = answers(one);
            assertThat(answers(other)).isEqualTo(before);
            agreesWithTheReadingOfTheRules(before);

            goes.kill();
            assertThat(answersRightOrNotAtAll(one, before))
                    .as("refused for a while")
                    .isTrue();
            assertThat(answers(one)).isEqualTo(before);

            RunningWeir late = RunningWeir.of(weir.start(3));
            await().atMost(LONG).until(() -> {
                answersRightOrNotAtAll(one, before);
                answersRightOrNotAtAll(late, before);
                return owns(late) && hasReadAll(one) && hasReadAll(late);
            });
            assertThat(answers(late)).isEqualTo(before);
            assertThat(answers(one)).isEqualTo(before);
        }
    }

    private static boolean hasReadAll(RunningWeir weir) throws Exception {
        JsonNode inputs = weir.json("api/v1/board").path("inputs");
        long read = 0;
        for (String input : List.of("clicks", "visits", "payments")) {
            read += inputs.path(input).path("accepted").longValue();
        }
        return read == EVENTS.size();
    }

    /** Some of the figures are its own. */
    private static boolean owns(RunningWeir weir) throws Exception {
        return !weir.json("api/v1/local/alerts?application=answers")
                .path("partitions")
                .isEmpty();
    }

    private static List<String> questions() {
        List<String> questions = new ArrayList<>(List.of("board", "board?window=1h&top=5&by=revenue_micros"));
        for (String dimension : DIMENSIONS) {
            for (String period : List.of("1m", "5m", "1h", "24h", "today")) {
                questions.add("now?dimension=" + dimension + "&window=" + period + "&top=1000&by=revenue_micros");
            }
            questions.add("windows/top?dimension=" + dimension + "&window=1d&top=1000");
            questions.add("windows/top?dimension=" + dimension + "&window=1m&top=7&start=2026-03-02T18:04:30Z");
        }
        questions.add("windows?dimension=total&window=1m");
        questions.add("windows?dimension=source&window=1h&source=direct&from=2026-03-02T00:00:00Z");
        CreditReading.creditsOf(EVENTS, OracleSettings.DEFAULT).values().stream()
                .map(Credit::orderId)
                .sorted()
                .distinct()
                .limit(5)
                .forEach(order -> questions.add("credit?order=" + encoded(order)));
        return questions;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The answers to all questions; none may be refused. */
    private static Map<String, JsonNode> answers(RunningWeir weir) throws Exception {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String question : questions()) {
            HttpResponse<String> answer = weir.get("api/v1/" + question);
            assertThat(answer.statusCode())
                    .as("%s: %s", question, answer.body())
                    .isEqualTo(200);
            answers.put(question, lasting(answer));
        }
        return answers;
    }

    /** Asks until all is answered; true if something was refused meanwhile. */
    private static boolean answersRightOrNotAtAll(RunningWeir weir, Map<String, JsonNode> expected) {
        boolean[] refused = {false};
        await().atMost(LONG).until(() -> {
            boolean complete = true;
            for (Map.Entry<String, JsonNode> question : expected.entrySet()) {
                HttpResponse<String> answer = weir.get("api/v1/" + question.getKey());
                if (answer.statusCode() == 200) {
                    assertThat(lasting(answer)).as(question.getKey()).isEqualTo(question.getValue());
                } else {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                    refused[0] = true;
                    complete = false;
                }
            }
            return complete;
        });
        return refused[0];
    }

    /** The answer without what changes as time goes by and instances come. */
    private static JsonNode lasting(HttpResponse<String> answer) throws Exception {
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(answer.body());
        return json.without(List.of("now", "seconds_behind", "instances", "alerts"));
    }

    /** Today's rows of every dimension, up to as many as can be asked for, are those published, and all are counted. */
    private static void agreesWithTheWindowsTopic(Map<String, JsonNode> answers, Collection<WindowRow> rows) {
        for (String call : List.of(
                "windows/top?dimension=%s&window=1d&top=1000",
                "now?dimension=%s&window=today&top=1000&by=revenue_micros")) {
            for (String dimension : DIMENSIONS) {
                Map<DimensionKey, Measures> published = new HashMap<>();
                rows.stream()
                        .filter(row ->
                                row.size() == WindowSize.DAY && !row.measures().isZero())
                        .filter(row -> row.key().dimension().label().equals(dimension))
                        .forEach(row -> published.put(row.key(), row.measures()));
                JsonNode answer = answers.get(String.format(call, dimension));
                Map<DimensionKey, Measures> served = new HashMap<>();
                answer.get("lines").forEach(line -> served.put(key(dimension, line), measures(line)));
                assertThat(answer.get("keys").intValue()).as(call).isEqualTo(published.size());
                assertThat(served).as(call).hasSize(Math.min(1_000, published.size()));
                assertThat(published).as(call).containsAllEntriesOf(served);
            }
        }
    }

    private static DimensionKey key(String dimension, JsonNode line) {
        return DimensionKey.of(
                Dimension.of(dimension),
                line.get("product").textValue(),
                line.get("source").textValue(),
                line.get("campaign").textValue());
    }

    private static Measures measures(JsonNode line) {
        long[] values = new long[Measure.values().length];
        for (Measure measure : Measure.values()) {
            values[measure.ordinal()] =
                    line.get("measures").get(measure.label()).longValue();
        }
        return Measures.of(values);
    }

    private static void agreesWithTheReadingOfTheRules(Map<String, JsonNode> answers) {
        Map<String, Credit> credits = CreditReading.creditsOf(EVENTS, OracleSettings.DEFAULT);
        answers.forEach((question, answer) -> {
            if (question.startsWith("credit")) {
                assertThat(answer.get("lines")).isNotEmpty().allSatisfy(line -> {
                    Credit credit = credits.get(line.get("payment_id").textValue());
                    assertThat(line.at("/credit/source").textValue()).isEqualTo(credit.source());
                    assertThat(line.at("/credit/rule").intValue()).isEqualTo(credit.rule());
                    assertThat(line.get("considered"))
                            .hasSize(credit.considered().size());
                });
            }
        });
    }
}
