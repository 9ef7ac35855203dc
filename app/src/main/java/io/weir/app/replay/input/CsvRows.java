package io.weir.app.replay.input;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file (RFC 4180) in constant memory; empty lines are passed over.
 *
 * <p>A damaged row costs itself and no other row. When a quote is never closed, or what it encloses does not make a row
 * with the right number of columns, only the line with the quote is given up and reading resumes on the next line. That,
 * and finding invalid UTF-8 row by row, is what CSV libraries do not offer.
 */
final class CsvRows implements Closeable {
    /** For rows whose number of columns is not known yet. */
    static final int ANY_COLUMNS = -1;

    private final LineReader lines;
    private final Deque<LineReader.Line> putBack = new ArrayDeque<>();

    CsvRows(OpenFile file) {
        this.lines = new LineReader(file);
    }

    /**
     * The next row, or null at the end of the file.
     *
     * @param columns how many cells a row has, or {@link #ANY_COLUMNS}; a row of another number is faulty
     */
    @Nullable
    CsvRow next(int columns) {
        LineReader.Line line = nextLine();
        while (line != null && (line.text().isEmpty() || line.text().equals("\r")) && line.fault() == null) {
            line = nextLine();
        }
        if (line == null) {
            return null;
        }
        if (line.fault() != null) {
            return CsvRow.faulty(line.number(), line.fault());
        }
        CsvRow row = line.text().indexOf('"') < 0 ? split(line) : quoted(line, columns);
        int found = row.cells().size();
        return row.fault() == null && columns != ANY_COLUMNS && found != columns
                ? CsvRow.faulty(row.line(), "it has " + found + " columns, not " + columns)
                : row;
    }

    private LineReader.@Nullable Line nextLine() {
        LineReader.Line line = putBack.pollFirst();
        return line == null ? lines.next() : line;
    }

    private static CsvRow split(LineReader.Line line) {
        String text = line.text();
        int end = text.endsWith("\r") ? text.length() - 1 : text.length();
        List<String> cells = new ArrayList<>(12);
        int start = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
            cells.add(text.substring(start, comma));
            start = comma + 1;
        }
        cells.add(text.substring(start, end));
        return new CsvRow(line.number(), cells, null);
    }

    private CsvRow quoted(LineReader.Line first, int columns) {
        QuotedCells cells = new QuotedCells();
        List<LineReader.Line> following = new ArrayList<>();
        QuotedCells.State state = cells.add(first.text());
        long size = first.text().length();
        while (state == QuotedCells.State.OPEN && mayFit(cells, columns) && size <= LineReader.MAX_LINE_BYTES) {
            LineReader.Line line = nextLine();
            if (line == null) {
                break;
            }
            following.add(line);
            size += line.text().length() + 1;
            state = line.fault() == null ? cells.add(line.text()) : QuotedCells.State.MALFORMED;
        }
        boolean complete = state == QuotedCells.State.COMPLETE;
        boolean fits = columns == ANY_COLUMNS || cells.size() == columns;
        if (complete && (fits || following.isEmpty())) {
            return new CsvRow(first.number(), cells.toList(), null);
        }
        for (int i = following.size() - 1; i >= 0; i--) {
            putBack.addFirst(following.get(i));
        }
        return CsvRow.faulty(
                first.number(),
                state == QuotedCells.State.MALFORMED && following.isEmpty()
                        ? "a closing quote is followed by more text"
                        : "a quote is opened and not closed as it should be");
    }

    /** Whether the open cell is not yet one too many; reading on regardless would take the square of the file's length. */
    private static boolean mayFit(QuotedCells cells, int columns) {
        return columns == ANY_COLUMNS || cells.size() < columns;
    }

    /** Bytes of the file as it lies on disk that have been read so far. */
    long diskBytesRead() {
        return lines.diskBytesRead();
    }

    @Override
    public void close() {
        lines.close();
    }
}
