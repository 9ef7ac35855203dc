package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    private static final String ROWS = "1,2,3,pv,1511544070\n1,2,3,buy,1511544071\n";
    private static final FileFormat TAOBAO = FileFormat.named("taobao", 0, ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void gzipIsReadAsItIsWhateverItsName() {
        Path named = RowsOf.write(directory, "events.csv.gz", RowsOf.gzip(ROWS));
        Path unnamed = RowsOf.write(directory, "events", RowsOf.gzip(ROWS));

        assertThat(RowsOf.files(TAOBAO, List.of(named))).hasSize(2);
        assertThat(RowsOf.files(TAOBAO, List.of(unnamed))).hasSize(2);
    }

    @Test
    void gzipMembersInARowAreOneFile() throws IOException {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(RowsOf.gzip(ROWS));
        twice.write(RowsOf.gzip(ROWS));

        assertThat(RowsOf.files(TAOBAO, List.of(RowsOf.write(directory, "two.gz", twice.toByteArray()))))
                .hasSize(4);
    }

    @Test
    void aFileThatIsOnlyCalledGzipIsAnErrorWithCauseAndCure() {
        Path file = RowsOf.write(directory, "plain.csv.gz", ROWS.getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> RowsOf.files(TAOBAO, List.of(file)))
                .withMessage("cannot read " + file
                        + ": it is called .gz but is not gzip; compress it again, or drop .gz from its name");
    }

    @Test
    void gzipThatIsCutOffIsAnErrorThatNamesTheFile() {
        byte[] whole = RowsOf.gzip(ROWS.repeat(5000));
        Path file = RowsOf.write(directory, "cut.csv.gz", Arrays.copyOf(whole, whole.length - 20));

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> RowsOf.files(TAOBAO, List.of(file)))
                .withMessageStartingWith("cannot read " + file + ": ")
                .withMessageEndingWith("test it with gzip -t and fetch it again");
    }

    @Test
    void otherCompressionsAreNamed() {
        Path file = RowsOf.write(directory, "events.zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0});

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> RowsOf.files(TAOBAO, List.of(file)))
                .withMessage(
                        "cannot read " + file + ": it is a zip archive; unpack it, or compress its contents with gzip");
    }

    @Test
    void pathsThatAreNotThereAreAllNamedAtOnce() {
        Path one = directory.resolve("one.csv");
        Path two = directory.resolve("two.csv");

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> InputFiles.resolve(List.of(one, two)))
                .withMessage("cannot read " + one + ": there is no such file; check the path; cannot read " + two
                        + ": there is no such file; check the path");
    }

    @Test
    void aDirectoryStandsForItsFilesByName() throws IOException {
        Path b = RowsOf.write(directory, "b.csv", new byte[0]);
        Path a = RowsOf.write(directory, "a.csv", new byte[0]);
        RowsOf.write(directory, ".hidden", new byte[0]);
        Files.createDirectory(directory.resolve("below"));

        assertThat(InputFiles.resolve(List.of(directory))).containsExactly(a, b);
    }

    @Test
    void anEmptyDirectoryIsAnError() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> InputFiles.resolve(List.of(empty)))
                .withMessageContaining("holds no files");
    }

    @Test
    void linesAreCountedThroughCompressionAndWithoutALastLineEnd() {
        Path plain = RowsOf.write(directory, "plain.csv", "a\nb\nc".getBytes(StandardCharsets.UTF_8));
        Path zipped = RowsOf.write(directory, "zipped.csv.gz", RowsOf.gzip("a\nb\n"));
        Path empty = RowsOf.write(directory, "empty.csv", new byte[0]);

        assertThat(InputFiles.countLines(List.of(plain, zipped, empty))).isEqualTo(5);
    }

    @Test
    void theFractionReadGrowsToOneAcrossFiles() {
        Path first = RowsOf.write(directory, "1.csv", ROWS.getBytes(StandardCharsets.UTF_8));
        Path second = RowsOf.write(directory, "2.csv.gz", RowsOf.gzip(ROWS));
        try (PastEvents events = new PastEvents(TAOBAO, List.of(first, second))) {
            assertThat(events.fractionDone()).isZero();
            double before = 0;
            while (events.next() != null) {
                assertThat(events.fractionDone()).isBetween(before, 1.0);
                before = events.fractionDone();
            }
            assertThat(events.fractionDone()).isEqualTo(1);
            assertThat(events.done()).isEqualTo(4);
        }
    }
}
