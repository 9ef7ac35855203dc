package io.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import io.weir.oracle.BatchOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
    private static final Claim VISITS_BY_SOURCE =
            new Claim(Set.of(Measure.VISITS), Set.of(Dimension.SOURCE), "visits by source only");

    @TempDir
    private Path folder;

    private Path oracle;
    private List<String> lines;

    @BeforeEach
    void compute() throws IOException {
        lines = BatchOracle.windowsCsvOfEach(
                        List.of(new BatchOracle.Story(new Workload(300, 0, 5, 0.9, 20, 3, 1).rows(), Job.SETTINGS)))
                .get(0);
        oracle = file("oracle.csv", lines);
    }

    private Path file(String name, List<String> rows) throws IOException {
        return Files.writeString(folder.resolve(name), BatchOracle.file(rows));
    }

    private Verdict verdict(List<String> rows, Claim claim) throws IOException {
        return Verdict.of(oracle, file("engine.csv", rows), claim);
    }

    @Test
    void theSameRowsAreEqual() throws IOException {
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(verdict(lines, Claim.EVERYTHING).isEqual()).isTrue();
    }

    @Test
    void aFigureThatIsOneTooGreatIsToldWithBothRows() throws IOException {
        List<String> wrong = lines.stream()
                .map(line -> line.startsWith("1d,") && line.contains(",total,") ? line + "1" : line)
                .toList();

        Verdict verdict = verdict(wrong, Claim.EVERYTHING);

        assertThat(verdict.isEqual()).isFalse();
        assertThat(verdict.difference()).matches("expected (1d,.*halo_revenue_micros=\\d+), found 1d,.*1");
    }

    @Test
    void aMissingRowAtTheEndIsADifference() throws IOException {
        assertThat(verdict(lines.subList(0, lines.size() - 1), Claim.EVERYTHING).difference())
                .endsWith("found no further row");
    }

    @Test
    void aRowTooManyIsADifference() throws IOException {
        assertThat(Verdict.of(file("fewer.csv", lines.subList(1, lines.size())), oracle, Claim.EVERYTHING)
                        .isEqual())
                .isFalse();
    }

    @Test
    void onlyWhatIsClaimedIsCompared() throws IOException {
        List<String> sources =
                lines.stream().filter(line -> line.contains(",source,")).toList();
        List<String> otherRevenue =
                sources.stream().map(line -> line.replaceAll("\\d+$", "77")).toList();

        assertThat(verdict(otherRevenue, VISITS_BY_SOURCE).isEqual()).isTrue();
        assertThat(verdict(otherRevenue, Claim.EVERYTHING).isEqual()).isFalse();
        assertThat(verdict(sources.subList(1, sources.size()), VISITS_BY_SOURCE).isEqual())
                .isFalse();
    }
}
