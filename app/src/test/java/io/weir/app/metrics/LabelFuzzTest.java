package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.app.fuzz.Bounds;
import io.weir.domain.SourceFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of all kinds as labels, and as whoever scrapes them reads them. */
class LabelFuzzTest {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    static Stream<byte[]> seeds() {
        return Stream.of("ads", "a\"b\\n\\\n", "\0\u2028", "\uD83D\uDE00".repeat(60), "x".repeat(200), "\\u{}=,\"", " ")
                .map(text -> text.getBytes(StandardCharsets.UTF_16BE));
    }

    /** @param bytes two to a character, so that halves of surrogates come up, too */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void namesAreBoundedTextThatIsReadBackAsItWasWritten(byte[] bytes) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            name.append((char) ((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }
        Bounds.hold(() -> encode(name.toString()));
    }

    private static void encode(String name) {
        String value = LabelValue.of(name);
        assertThat(value.length()).isLessThanOrEqualTo(LabelValue.MOST_CHARS);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(value)).isTrue();
        assertThat(LabelValue.of(value))
                .as("a value is a name that stays as it is")
                .isEqualTo(value);

        List<String> samples =
                scraped(name).lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(samples).isNotEmpty();
        String start = "{partition=\"0\",source=\"";
        for (String sample : samples) {
            int from = sample.indexOf(start) + start.length();
            assertThat(unescaped(sample.substring(from, sample.lastIndexOf("\"}"))))
                    .isEqualTo(value);
        }
    }

    private static String scraped(String name) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            MetricSnapshots all =
                    new MetricSnapshots(SourceCounters.of(Map.of(0, Map.of(name, new SourceFacts(1, 1, 1, 1, 1, 1)))));
            FORMATS.getPrometheusTextFormatWriter().write(text, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\\') {
                char escaped = text.charAt(++i);
                plain.append(escaped == 'n' ? '\n' : escaped);
            } else {
                plain.append(each);
            }
        }
        return plain.toString();
    }
}
