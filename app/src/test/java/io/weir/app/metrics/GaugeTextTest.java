package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaugeTextTest {
    private static final GaugeText.Name NAME = new GaugeText.Name("weir_money", "What it is.");
    private static final GaugeText.Labels LABELS = GaugeText.Labels.of(List.of("a"), List.of("b"));
    private static final List<String> PIECES = List.of("a", "\"", "\\", "\n", "淘", "😀", "{", "}", "=", ",", " ", "#");

    private static String text(GaugeText text) {
        return new String(text.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String value(GaugeText text) {
        return text(text).lines().reduce("", (first, second) -> second).replaceFirst(".* ", "");
    }

    private static GaugeText begun() {
        GaugeText text = new GaugeText(0);
        text.begin(NAME);
        return text;
    }

    @Test
    void ofSmallWholeNumbersItIsByteForByteWhatTheClientLibraryWrites() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder label = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                label.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            int value = random.nextInt(10_000_000);
            GaugeText text = begun();
            List<String> names = List.of("source", "window");
            List<String> values = List.of(label.toString(), "5m");
            text.add(GaugeText.Labels.of(names, values), value);

            assertThat(text(text)).isEqualTo(byTheLibrary(value, Labels.of(names, values)));
        }
    }

    private static String byTheLibrary(double value, Labels labels) throws IOException {
        GaugeSnapshot gauge = new GaugeSnapshot(
                new MetricMetadata("weir_money", "What it is."),
                List.of(new GaugeDataPointSnapshot(value, labels, null)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExpositionFormats.init().getPrometheusTextFormatWriter().write(out, new MetricSnapshots(gauge));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "1, 0.000001",
        "-1, -0.000001",
        "10, 0.00001",
        "100000, 0.1",
        "1000000, 1.0",
        "12345678, 12.345678",
        "80000000, 80.0",
        "-1500000, -1.5",
        "9223372036854775806, 9223372036854.775806",
        "-9223372036854775808, -9223372036854.775808"
    })
    void moneyIsInWholeUnitsToTheMicro(long micros, String expected) {
        GaugeText text = begun();
        text.addMicros(LABELS, micros);

        assertThat(value(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -10, Long.MAX_VALUE, Long.MIN_VALUE})
    void aNumberIsWrittenWholeHoweverGreat(long number) {
        GaugeText text = begun();
        text.add(LABELS, number);

        assertThat(value(text)).isEqualTo(number + ".0");
    }

    @Test
    void whateverTheNumberNoneOfItIsLost() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            GaugeText counted = begun();
            counted.add(LABELS, number);
            GaugeText money = begun();
            money.addMicros(LABELS, number);

            assertThat(new BigDecimal(value(counted))).isEqualByComparingTo(BigDecimal.valueOf(number));
            assertThat(new BigDecimal(value(money))).isEqualByComparingTo(BigDecimal.valueOf(number, 6));
        }
    }

    @Test
    void whatIsTextAlreadyStaysAsItIs() {
        GaugeText text = new GaugeText(1);
        text.write("# a comment\n".getBytes(StandardCharsets.UTF_8));
        text.write('x');
        text.write("-y-".getBytes(StandardCharsets.UTF_8), 1, 1);

        assertThat(text(text)).isEqualTo("# a comment\nxy");
        assertThat(text.size()).isEqualTo(14);
    }
}
