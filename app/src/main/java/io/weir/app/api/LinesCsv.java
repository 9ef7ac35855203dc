package io.weir.app.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.weir.app.figures.Ranking;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a table: CSV by RFC 4180 with a header; a cell without a value is empty.
 *
 * @param name what it is about, fit for a file name
 */
public record LinesCsv(String name, String text) {
    private static final List<String> KEYS =
            List.of("dimension", "window", "start", "end", "product", "source", "campaign");

    public static LinesCsv of(RankingAnswer answer) {
        List<String> header = new ArrayList<>(KEYS);
        header.addAll(columns());
        return write(answer.dimension(), answer.window(), header, csv -> {
            for (Line line : answer.lines()) {
                List<String> cells =
                        new ArrayList<>(keys(answer.dimension(), answer.window(), answer.start(), answer.end(), line));
                cells.addAll(figures(line));
                csv.writeRecord(cells);
            }
        });
    }

    public static LinesCsv of(SeriesAnswer answer) {
        List<String> header = new ArrayList<>(KEYS);
        header.addAll(List.of("revision", "is_final"));
        header.addAll(columns());
        return write(answer.dimension(), answer.window(), header, csv -> {
            for (WindowLine window : answer.lines()) {
                Line line = window.line();
                List<String> cells =
                        new ArrayList<>(keys(answer.dimension(), answer.window(), window.start(), window.end(), line));
                cells.add(Long.toString(window.revision()));
                cells.add(Boolean.toString(window.isFinal()));
                cells.addAll(figures(line));
                csv.writeRecord(cells);
            }
        });
    }

    private static LinesCsv write(String dimension, String window, List<String> header, Consumer<CsvWriter> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            csv.writeRecord(header);
            rows.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new LinesCsv(dimension + "-" + window, text.toString());
    }

    /** All measures and ratios. */
    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("reliable"));
        columns.addAll(Ranking.names());
        return columns;
    }

    private static List<String> keys(
            String dimension, String window, @Nullable String start, @Nullable String end, Line line) {
        return Arrays.asList(
                dimension,
                window,
                blankIfNull(start),
                blankIfNull(end),
                blankIfNull(line.product()),
                blankIfNull(line.source()),
                blankIfNull(line.campaign()));
    }

    private static List<String> figures(Line line) {
        List<String> cells = new ArrayList<>(List.of(Boolean.toString(line.reliable())));
        line.measures().values().forEach(value -> cells.add(Long.toString(value)));
        line.ratios().values().forEach(ratio -> cells.add(ratio == null ? "" : Double.toString(ratio)));
        return cells;
    }

    private static String blankIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }
}
