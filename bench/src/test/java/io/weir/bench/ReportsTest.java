package io.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final String README = "before\n<!-- begin bench -->\nold\n<!-- end bench -->\nafter\n";

    @TempDir
    private Path root;

    private static Round round(double cpuMicros) {
        return new Round(
                4,
                6,
                cpuMicros,
                cpuMicros + 3,
                1,
                500_000_000,
                10,
                20_000_000,
                new Scrapes(List.of(60.0, 80.0, 70.0), 1_234));
    }

    private static RaceResult race(Standing... standings) {
        return new RaceResult(
                "2026-01-31",
                new Machine(2, 24_000_000_000L, "", "Linux 6", "17", 0.1),
                new Workload(1_000_000, 0, 300, 0.9, 400, 1, 4),
                10_000_000,
                2,
                "4g",
                0,
                List.of(standings));
    }

    private static final Standing WEIR =
            new Standing("weir", "Weir", List.of(round(4), round(5), round(9)), "", true, null);
    private static final Standing SLOW = new Standing("slow <&>", "slow", List.of(round(20)), "", true, null);
    private static final Standing WRONG =
            new Standing("wrong", "wrong", List.of(round(1)), "", true, "expected 1, found 2");

    @Test
    void engineWithAWrongResultIsVoidWithTheFirstDifference() {
        String report = TextReport.of(race(WEIR, WRONG));

        assertThat(report).containsPattern("wrong +VOID").contains("wrong: VOID, expected 1, found 2");
        assertThat(race(WEIR, WRONG).isValid()).isFalse();
    }

    @Test
    void medianSpreadAndRatioToWeirAreShown() {
        assertThat(TextReport.of(race(WEIR, SLOW)))
                .contains("5.00 (4.00–9.00)", "4.00 ", "20.0 (20.0–20.0)", "250 (250–250)")
                .contains("2.00");
    }

    @Test
    void howTheMetricsWereReadIsSaidOfAllRoundsTogether() {
        assertThat(TextReport.of(race(WEIR)))
                .contains("weir: Weir; /metrics read 9 times, up to 1,234 series, in 70.0 (60.0–80.0) ms");
    }

    @Test
    void plotIsWellFormedAndLeavesOutWhatIsVoid() throws Exception {
        String svg = SvgPlot.of(race(WEIR, SLOW, WRONG));

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(svg).contains("5.00 µs", "slow &lt;&amp;&gt;").doesNotContain("wrong");
    }

    @Test
    void readmeGetsTheTableBetweenItsMarksAndThePlot() throws Exception {
        Files.writeString(root.resolve("README.md"), README);
        Files.createDirectory(root.resolve("docs"));

        ReadmeSection.write(root, race(WEIR, SLOW));

        assertThat(root.resolve("README.md"))
                .content()
                .startsWith("before\n<!-- begin bench -->\n2026-01-31, 2 cores")
                .contains("| `weir` | 5.00 (4.00–9.00) | 1.00 |", "docs/bench.svg")
                .doesNotContain("old")
                .endsWith("|\n<!-- end bench -->\nafter\n");
        assertThat(root.resolve("docs/bench.svg")).exists();
    }

    @Test
    void readmeIsNotWrittenWithVoidFigures() throws Exception {
        Files.writeString(root.resolve("README.md"), README);

        assertThatThrownBy(() -> ReadmeSection.write(root, race(WEIR, WRONG))).hasMessageContaining("void");
        assertThat(root.resolve("README.md")).hasContent(README);
    }
}
