package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {
    @TempDir
    Path directory;

    @Test
    void lineEndsMayBeLfOrCrlfAndTheLastMayBeMissing() {
        assertThat(cells("a,b\nc,d\r\ne,f")).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e", "f"));
        assertThat(cells("a,b\r\n")).containsExactly(List.of("a", "b"));
        assertThat(cells("")).isEmpty();
    }

    @Test
    void emptyLinesArePassedOverButCounted() {
        List<CsvRow> rows = rows("a,b\n\n\r\nc,d\n\n");

        assertThat(rows).extracting(CsvRow::line).containsExactly(1L, 4L);
    }

    @Test
    void blankCellsAreKept() {
        assertThat(cells(",\n ,\n\"\",\n")).containsExactly(List.of("", ""), List.of(" ", ""), List.of("", ""));
    }

    @Test
    void aByteOrderMarkIsDropped() {
        assertThat(cells("\uFEFFa,b\n")).containsExactly(List.of("a", "b"));
        assertThat(cells("\uFEFF\"a\",b\n")).containsExactly(List.of("a", "b"));
    }

    @Test
    void quotedCellsHoldCommasQuotesAndLineEnds() {
        assertThat(cells("\"a,1\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\"two\r\nlines\"\r\n"))
                .containsExactly(List.of("a,1", "say \"hi\""), List.of("two\nlines", "two\r\nlines"));
    }

    @Test
    void aQuoteInsideAnUnquotedCellIsText() {
        assertThat(cells("a\"b,12\"\n")).containsExactly(List.of("a\"b", "12\""));
    }

    @Test
    void charactersOfAllPlanesAreRead() {
        assertThat(cells("直通车,\uD83D\uDED2é\n")).containsExactly(List.of("直通车", "\uD83D\uDED2é"));
    }

    @Test
    void quotesThatCloseAndOpenOnEveryLineTakeTimeInProportionToTheFile() {
        String each = "a\",\"\n";

        List<CsvRow> rows =
                assertTimeoutPreemptively(Duration.ofSeconds(30), () -> rows("a,b\n" + each.repeat(80_000)));

        assertThat(rows).hasSize(80_001);
        assertThat(rows.subList(1, 80_001)).allMatch(row -> row.fault() != null);
    }

    @Test
    void aRowWithAnotherNumberOfColumnsIsFaulty() {
        List<CsvRow> rows = rows("a,b\nc\nd,e,f\ng,h\n");

        assertThat(rows)
                .extracting(CsvRow::fault)
                .containsExactly(null, "it has 1 columns, not 2", "it has 3 columns, not 2", null);
        assertThat(rows).extracting(CsvRow::line).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsOwnLineOnly() {
        List<CsvRow> rows = rows("a,\"b\nc,d\ne,f\n");

        assertThat(rows.get(0).fault()).isEqualTo("a quote is opened and not closed as it should be");
        assertThat(rows.subList(1, 3)).extracting(CsvRow::cells).containsExactly(List.of("c", "d"), List.of("e", "f"));
        assertThat(rows).hasSize(3);
    }

    @Test
    void aLostQuoteThatMeetsTheNextQuotedCellCostsItsOwnLineOnly() {
        List<CsvRow> rows = rows("a,\"b\nc,d\n\"e\",f\ng,\"h\"\n");

        assertThat(rows).extracting(CsvRow::line).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rows.get(0).fault()).isNotNull();
        assertThat(rows.subList(1, 4))
                .extracting(CsvRow::cells)
                .containsExactly(List.of("c", "d"), List.of("e", "f"), List.of("g", "h"));
    }

    @Test
    void textAfterAClosingQuoteIsAFault() {
        List<CsvRow> rows = rows("\"a\"b,c\nd,e\n");

        assertThat(rows.get(0).fault()).isEqualTo("a closing quote is followed by more text");
        assertThat(rows.get(1).cells()).containsExactly("d", "e");
    }

    @Test
    void invalidUtf8CostsItsOwnLineOnly() {
        byte[] bytes = "a,b\nc,?\ne,f\n".getBytes(StandardCharsets.UTF_8);
        bytes[6] = (byte) 0xC3;

        List<CsvRow> rows = rows(bytes);

        assertThat(rows).extracting(CsvRow::fault).containsExactly(null, "the line is not valid UTF-8", null);
    }

    @Test
    void aLineThatIsTooLongCostsItselfOnly() {
        List<CsvRow> rows = rows("a,b\nc," + "x".repeat(LineReader.MAX_LINE_BYTES) + "\ne,f\n");

        assertThat(rows.get(1).fault()).startsWith("the line is longer than");
        assertThat(rows.get(2).cells()).containsExactly("e", "f");
    }

    @Test
    void aQuoteCannotSwallowAFile() {
        int lines = 300_000;

        List<CsvRow> rows = rows("a,\"b\n" + "c,d\n".repeat(lines));

        assertThat(rows).hasSize(lines + 1);
        assertThat(rows.subList(1, rows.size())).allMatch(row -> row.fault() == null);
    }

    @Test
    void linesLongerThanTheBufferAreReadWhole() {
        String cell = "y".repeat(200_000);

        assertThat(cells(cell + ",b\nc,d\n")).containsExactly(List.of(cell, "b"), List.of("c", "d"));
    }

    private List<List<String>> cells(String text) {
        return rows(text).stream().map(CsvRow::cells).toList();
    }

    private List<CsvRow> rows(String text) {
        return rows(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<CsvRow> rows(byte[] bytes) {
        List<CsvRow> rows = new ArrayList<>();
        try (CsvRows csv = new CsvRows(OpenFile.open(RowsOf.write(directory, "rows.csv", bytes)))) {
            for (CsvRow row = csv.next(2); row != null; row = csv.next(2)) {
                rows.add(row);
            }
        }
        return rows;
    }
}
