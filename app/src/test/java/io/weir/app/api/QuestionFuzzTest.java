package io.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.app.fuzz.Bounds;
import io.weir.domain.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries of the API, decoded as the server does it. */
class QuestionFuzzTest {
    private static final List<Consumer<Question>> READINGS = List.of(
            Question::wantsCsv,
            Question::dimension,
            question -> question.number("limit", 10, 100),
            question -> question.timeMs("from"),
            question -> question.timeMs("to"),
            question -> question.required("order", "the order"),
            question -> question.allowOnly(List.of("dimension", "limit", "from", "to")),
            question -> List.of(Dimension.values()).forEach(question::key),
            question -> List.of(Dimension.values()).forEach(question::requiredKey));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "dimension=product&product=mug&limit=10&format=csv",
                        "dimension=campaign&source=ads&campaign=spring&from=2026-03-02T09:00:00Z&to=2026-03-02T11:00%2B02:00",
                        "from=%2B999999999-12-31T23:59:59-18:00&to=-999999999-01-01T00:00:00%2B18:00&limit=-1",
                        "order=%E6%9D%AF&order=%ff&limit=99999999999&format=%00",
                        "%=%&&=&a=%u0041&product=+&dimension=TOTAL")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void queriesAreUnderstoodOrRefused(byte[] bytes) {
        Map<String, String> parameters = decoded(new String(bytes, StandardCharsets.UTF_8));
        if (parameters != null) {
            Question question = new Question(parameters, null);
            Bounds.hold(() -> READINGS.forEach(reading -> read(question, reading)));
            Bounds.hold(() -> assertThat(decoded(question.query())).isEqualTo(parameters));
        }
    }

    private static void read(Question question, Consumer<Question> reading) {
        try {
            reading.accept(question);
        } catch (Refusal e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    /** Null where the server refuses the query before anyone sees it. */
    private static Map<String, String> decoded(String query) {
        Fields fields = new Fields(true);
        try {
            UrlEncoded.decodeUtf8To(query, fields);
        } catch (RuntimeException e) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        fields.forEach(field -> parameters.put(field.getName(), field.getValue()));
        return parameters;
    }
}
