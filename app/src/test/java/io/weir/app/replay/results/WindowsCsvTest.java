package io.weir.app.replay.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.app.replay.input.ReplayException;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsCsvTest {
    private static final String DAY = "2025-12-31T00:00:00Z";
    private static final String NINE = "2025-12-31T09:00:00Z";
    private static final String TEN = "2025-12-31T10:00:00Z";

    private static final String GOLDEN = """
            window,window_start,dimension,product_id,source,campaign_id,clicks,cost_micros,landings,visits,visitors,payments,buyers,units,revenue_micros,halo_payments,halo_revenue_micros
            1d,2025-12-31T00:00:00Z,total,,,,1,2,3,4,5,6,7,8,9,10,11
            1h,2025-12-31T09:00:00Z,campaign,,zhitongche,"k,1",1,0,0,0,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,product,Z,,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,product,a,,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,product,"a ""b"" c",,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,product,\uFF5E,,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,product,\uD83D\uDED2,,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,product_source,a,direct,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,source,,direct,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T09:00:00Z,total,,,,0,0,0,1,0,0,0,0,0,0,0
            1h,2025-12-31T10:00:00Z,total,,,,0,0,0,0,0,0,0,0,0,0,-9223372036854775808
            1m,2025-12-31T09:00:00Z,total,,,,0,0,0,1,0,0,0,0,0,0,0
            """;

    @TempDir
    Path directory;

    @Test
    void rowsAreSortedByTheirFirstSixColumnsAsStringsWhateverOrderTheyCameIn() throws IOException {
        long seed = System.nanoTime();
        DimensionKey campaign = DimensionKey.campaign("zhitongche", "k,1");
        List<WindowRow> rows = new ArrayList<>(List.of(
                Rows.row(WindowSize.DAY, DAY, DimensionKey.TOTAL, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                Rows.row(WindowSize.HOUR, NINE, campaign, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                visit(WindowSize.HOUR, DimensionKey.product("Z")),
                visit(WindowSize.HOUR, DimensionKey.product("a")),
                visit(WindowSize.HOUR, DimensionKey.product("a \"b\" c")),
                visit(WindowSize.HOUR, DimensionKey.product("\uFF5E")),
                visit(WindowSize.HOUR, DimensionKey.product("\uD83D\uDED2")),
                visit(WindowSize.HOUR, DimensionKey.productSource("a", "direct")),
                visit(WindowSize.HOUR, DimensionKey.source("direct")),
                visit(WindowSize.HOUR, DimensionKey.TOTAL),
                Rows.row(WindowSize.HOUR, TEN, DimensionKey.TOTAL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE),
                visit(WindowSize.MINUTE, DimensionKey.TOTAL)));
        Collections.shuffle(rows, new Random(seed));

        assertThat(written(rows)).as("seed %d", seed).isEqualTo(GOLDEN);
    }

    @Test
    void rowsWithoutAnyMeasureAreLeftOut() throws IOException {
        WindowRow nothing = Rows.row(WindowSize.HOUR, TEN, DimensionKey.TOTAL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        assertThat(written(List.of(nothing))).isEqualTo(GOLDEN.substring(0, GOLDEN.indexOf('\n') + 1));
    }

    @Test
    void aFileThatIsThereIsReplacedAndNothingElseStays() throws IOException {
        written(List.of(visit(WindowSize.HOUR, DimensionKey.TOTAL)));

        assertThat(written(List.of())).hasLineCount(1);
        assertThat(directory.resolve("out").toFile().list()).containsExactly("windows.csv");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAnErrorWithCauseAndCure() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> WindowsCsv.write(file.resolve("windows.csv"), List.of()))
                .withMessage("cannot write " + file.resolve("windows.csv") + ": " + file
                        + " is no directory; check that --out is a directory that can be written to and has room");
    }

    private String written(List<WindowRow> rows) throws IOException {
        Path file = directory.resolve("out").resolve("windows.csv");
        WindowsCsv.write(file, rows);
        return Files.readString(file);
    }

    private static WindowRow visit(WindowSize size, DimensionKey key) {
        return Rows.row(size, NINE, key, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    }
}
