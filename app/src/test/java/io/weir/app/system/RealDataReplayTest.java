package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.StoredCase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of data that nobody on this project made give what the batch computation gives, row for row. */
class RealDataReplayTest {
    private static final OracleSettings HOURS_AND_DAYS =
            OracleSettings.DEFAULT.withWindows(WindowSize.HOUR, WindowSize.DAY);
    private static final long TEN_YUAN = 10_000_000;

    @TempDir
    Path folder;

    @Test
    void everythingThat983UsersDidInAProcessOfItsOwn() throws Exception {
        Path file = data("taobao/by-user-983.csv.gz");
        List<EventRow> rows = taobao(file);
        assertThat(rows).hasSize(91_811);
        Path results = folder.resolve("results");
        try (Child weir = Child.start(
                folder,
                "replay",
                file.toString(),
                "--format",
                "taobao",
                "--assume-price",
                "10",
                "--embedded",
                "--out",
                results.toString())) {
            assertThat(weir.exitStatus(Duration.ofMinutes(10))).as("%s", weir).isZero();
            assertThat(weir.out())
                    .contains("assumed")
                    .contains("Wrote " + results.resolve("windows.csv"))
                    .doesNotContain("Exception", "WARN", "ERROR");
            assertThat(weir.err())
                    .as("progress, in plain lines")
                    .contains("100,001")
                    .doesNotContain("Exception", "WARN", "ERROR", "\r", "\u001b");
            assertThat(folder.resolve("tmp")).isEmptyDirectory();
        }
        ReplayOutput output = ReplayOutput.in(results);
        assertThat(output.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(rows, HOURS_AND_DAYS)));
        output.assertCounts(Acceptance.ofAll(rows, HOURS_AND_DAYS));
        assertThat(output.sum("read")).isEqualTo(91_811);
        assertThat(output.sum("accepted")).isEqualTo(91_811);
        assertThat(output.summary().get("skipped_rows").get("cart").longValue()).isEqualTo(5_446);
        assertThat(output.summary().get("skipped_rows").get("fav").longValue()).isEqualTo(2_744);
        assertThat(output.summary().get("unreadable_rows").longValue()).isZero();
        assertThat(output.summary().get("revenue_assumed").booleanValue()).isTrue();
    }

    @Test
    void aMorningWhoseLastLineIsCutOff() throws Exception {
        Path file = data("taobao/by-time-2017-11-26-morning.csv.gz");
        List<EventRow> rows = taobao(file);
        ReplayOutput output = ReplayOutput.of(folder, file.toString(), "--format", "taobao", "--assume-price", "10");

        assertThat(output.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(rows, HOURS_AND_DAYS)));
        output.assertCounts(Acceptance.ofAll(rows, HOURS_AND_DAYS));
        assertThat(output.sum("accepted")).isEqualTo(85_773 + 2_144);
        assertThat(output.summary().get("unreadable_rows").longValue()).isEqualTo(1);
    }

    @Test
    void invoicesOf2010LoseNothingToRetention() throws Exception {
        Path file = folder.resolve("invoices.csv");
        Files.write(file, lines(data("online-retail/2010-12_to_2011-05.csv.gz")).subList(0, 60_001));
        List<EventRow> rows = onlineRetail(Files.readAllLines(file));
        ReplayOutput output = ReplayOutput.of(folder, file.toString(), "--format", "online-retail");

        Acceptance judged = Acceptance.ofAll(rows, HOURS_AND_DAYS);
        output.assertCounts(judged);
        assertThat(output.sum("read")).isEqualTo(rows.size()).isGreaterThan(55_000);
        assertThat(output.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, HOURS_AND_DAYS)));
    }

    private static Path data(String name) {
        Path file = StoredCase.sharedFolder().resolve("data").resolve(name);
        assumeTrue(Files.isReadable(file), () -> "the real data is not here: " + file + "; set -Dweir.shared");
        return file;
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    /** The visits and payments; a line without all its columns is none. */
    private static List<EventRow> taobao(Path file) throws IOException {
        List<EventRow> rows = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String[] cells = line.split(",", -1);
            if (cells.length < 5 || cells[4].length() < 9) {
                continue;
            }
            String id = "line " + number;
            long timeMs = 1_000 * Long.parseLong(cells[4]);
            if (cells[3].equals("pv")) {
                rows.add(EventRow.visit(id, cells[0], cells[1], null, null, null, timeMs));
            } else if (cells[3].equals("buy")) {
                rows.add(EventRow.payment(id, cells[0], cells[1], 1, TEN_YUAN, timeMs));
            }
        }
        return rows;
    }

    /** All lines but the cancellations, as payments. No text of this file holds a quote that matters to the columns used. */
    private static List<EventRow> onlineRetail(List<String> lines) {
        List<String> header = cells(lines.get(0));
        DateTimeFormatter time = DateTimeFormatter.ofPattern("[uuuu-MM-dd H:mm:ss][uuuu-MM-dd H:mm][M/d/uuuu H:mm]");
        List<EventRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Map<String, String> cells = new TreeMap<>();
            List<String> values = cells(lines.get(i));
            for (int column = 0; column < header.size(); column++) {
                cells.put(header.get(column), values.get(column));
            }
            String invoice = cells.get("InvoiceNo");
            if (invoice.startsWith("C")) {
                continue;
            }
            String customer = cells.get("CustomerID").replaceFirst("\\.0$", "");
            long units = Long.parseLong(cells.get("Quantity"));
            rows.add(new EventRow(
                    EventRow.PAYMENT,
                    "line " + i,
                    invoice,
                    customer.isEmpty() ? "invoice-" + invoice : customer,
                    cells.get("StockCode"),
                    null,
                    null,
                    null,
                    units,
                    new BigDecimal(cells.get("UnitPrice"))
                            .multiply(BigDecimal.valueOf(units))
                            .movePointRight(6)
                            .longValueExact(),
                    null,
                    LocalDateTime.parse(cells.get("InvoiceDate"), time)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()));
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
