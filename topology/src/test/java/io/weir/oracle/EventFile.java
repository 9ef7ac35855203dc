package io.weir.oracle;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Event files in the weir format: CSV with a header, one event a row, a blank cell for an absent field. */
public final class EventFile {
    private static final List<String> COLUMNS = List.of(
            "type",
            "id",
            "order_id",
            "visitor_id",
            "product_id",
            "source",
            "campaign_id",
            "click_id",
            "quantity",
            "amount_micros",
            "cost_micros",
            "event_time");

    private EventFile() {}

    /** The rows in the order of the file. Cells that are empty give null, cells of spaces are kept. */
    public static List<EventRow> read(Path file) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().map(EventFile::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the rows in their order, times as ISO-8601 in UTC. */
    public static void write(Path file, List<EventRow> rows) {
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
            writer.writeRecord(COLUMNS);
            rows.forEach(row -> writer.writeRecord(cells(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EventRow row(NamedCsvRecord cells) {
        return new EventRow(
                text(cells, "type"),
                text(cells, "id"),
                text(cells, "order_id"),
                text(cells, "visitor_id"),
                text(cells, "product_id"),
                text(cells, "source"),
                text(cells, "campaign_id"),
                text(cells, "click_id"),
                number(cells, "quantity"),
                number(cells, "amount_micros"),
                number(cells, "cost_micros"),
                time(cells, "event_time"));
    }

    private static String text(NamedCsvRecord cells, String column) {
        return cells.findField(column).filter(cell -> !cell.isEmpty()).orElse(null);
    }

    private static Long number(NamedCsvRecord cells, String column) {
        String cell = text(cells, column);
        return cell == null || cell.isBlank() ? null : Long.valueOf(cell.strip());
    }

    private static Long time(NamedCsvRecord cells, String column) {
        String cell = text(cells, column);
        if (cell == null || cell.isBlank()) {
            return null;
        }
        boolean epochMs = cell.matches("-?\\d+");
        return epochMs
                ? Long.parseLong(cell)
                : OffsetDateTime.parse(cell).toInstant().toEpochMilli();
    }

    private static List<String> cells(EventRow row) {
        Long timeMs = row.timeMs();
        return Stream.of(
                        row.type(),
                        row.id(),
                        row.orderId(),
                        row.visitorId(),
                        row.productId(),
                        row.source(),
                        row.campaignId(),
                        row.clickId(),
                        row.quantity(),
                        row.amountMicros(),
                        row.costMicros(),
                        timeMs == null ? null : Instant.ofEpochMilli(timeMs))
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }
}
