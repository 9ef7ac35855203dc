package io.weir.app.replay.results;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.weir.domain.CodePointOrder;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.topology.WindowRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code windows.csv}: one row for every window and dimension key with a measure other than zero, sorted by its first six
 * columns as strings by code point; LF line ends, quotes (RFC 4180) only where needed, times like
 * {@code 2025-12-31T09:00:00Z}, parts that a dimension lacks blank.
 */
public final class WindowsCsv {
    private static final List<String> KEY_COLUMNS =
            List.of("window", "window_start", "dimension", "product_id", "source", "campaign_id");

    private WindowsCsv() {}

    /**
     * Writes the rows, given in any order, one for each window and key.
     *
     * @throws io.weir.app.replay.input.ReplayException if the file cannot be written
     */
    public static void write(Path file, Collection<WindowRow> rows) {
        ResultFile.write(file, out -> write(out, rows));
    }

    /** As {@link #write(Path, Collection)}, to {@code out}, which is flushed and stays open. */
    static void write(Writer out, Collection<WindowRow> rows) {
        Map<Long, String> starts = new HashMap<>();
        List<WindowRow> sorted = new ArrayList<>(rows.size());
        for (WindowRow row : rows) {
            if (!row.measures().isZero()) {
                sorted.add(row);
                starts.computeIfAbsent(
                        row.startMs(), startMs -> Instant.ofEpochMilli(startMs).toString());
            }
        }
        sorted.sort(order(starts));

        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        List<String> header = new ArrayList<>(KEY_COLUMNS);
        for (Measure measure : Measure.values()) {
            header.add(measure.label());
        }
        csv.writeRecord(header);
        for (WindowRow row : sorted) {
            csv.writeRecord(cells(row, text(starts.get(row.startMs()))));
        }
        flush(csv);
    }

    private static Comparator<WindowRow> order(Map<Long, String> starts) {
        return Comparator.comparing((WindowRow row) -> row.size().label(), CodePointOrder.INSTANCE)
                .thenComparing(row -> text(starts.get(row.startMs())), CodePointOrder.INSTANCE)
                .thenComparing(WindowRow::key, DimensionKey.ORDER);
    }

    private static List<String> cells(WindowRow row, String start) {
        DimensionKey key = row.key();
        List<String> cells = new ArrayList<>(KEY_COLUMNS.size() + Measure.values().length);
        cells.add(row.size().label());
        cells.add(start);
        cells.add(key.dimension().label());
        cells.add(text(key.productId()));
        cells.add(text(key.source()));
        cells.add(text(key.campaignId()));
        for (long value : row.measures().toArray()) {
            cells.add(Long.toString(value));
        }
        return cells;
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static void flush(CsvWriter csv) {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
