package io.weir.app.replay.input;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of files in the order of their rows, one file after the other, in constant memory. Rows that are no events
 * are counted and passed over; the first {@value #LOGGED_ROWS} that are unreadable or rejected are logged one by one.
 */
public final class PastEvents implements EventSequence {
    private static final Logger LOG = LoggerFactory.getLogger(PastEvents.class);
    private static final int LOGGED_ROWS = 20;

    private final FileFormat format;
    private final List<Path> files;
    private final long totalBytes;
    private final RowCounts counts = new RowCounts();
    private int opened = 0;
    private long bytesOfFinished = 0;
    private long rows = 0;
    private long badRows = 0;
    private @Nullable CsvRows csv = null;
    private @Nullable RowMapper mapper = null;
    private boolean exhausted = false;

    /** @param files as from {@link InputFiles#resolve} */
    public PastEvents(FileFormat format, List<Path> files) {
        this.format = format;
        this.files = List.copyOf(files);
        this.totalBytes = InputFiles.totalBytes(files);
    }

    @Override
    public @Nullable PastEvent next() {
        while (true) {
            Row row = nextRow();
            if (row == null) {
                return null;
            }
            if (row instanceof Row.Occurred occurred) {
                return occurred.event();
            }
        }
    }

    /** The next row whatever it is, counted, or null at the end of the last file. */
    @Nullable
    Row nextRow() {
        while (csv != null || opened < files.size()) {
            CsvRows current = csv == null ? open() : csv;
            RowMapper currentMapper = mapper;
            CsvRow row = currentMapper == null ? null : current.next(currentMapper.columns());
            if (row == null) {
                finish(current);
            } else if (currentMapper != null) {
                Row meant = meaning(currentMapper, row);
                rows++;
                counts.count(meant);
                logIfBad(meant, row.line());
                return meant;
            }
        }
        if (!exhausted && badRows > LOGGED_ROWS) {
            LOG.warn("{} more rows were unreadable or rejected; summary.json counts them all", badRows - LOGGED_ROWS);
        }
        exhausted = true;
        return null;
    }

    private CsvRows open() {
        Path file = files.get(opened++);
        CsvRows rowsOfFile = new CsvRows(OpenFile.open(file));
        csv = rowsOfFile;
        mapper = format.open(rowsOfFile, file.toString(), opened);
        return rowsOfFile;
    }

    private void finish(CsvRows current) {
        current.close();
        bytesOfFinished += files.get(opened - 1).toFile().length();
        csv = null;
        mapper = null;
    }

    private static Row meaning(RowMapper mapper, CsvRow row) {
        if (row.fault() != null) {
            return new Row.Unreadable(row.fault());
        }
        try {
            return mapper.map(row.line(), row.cells());
        } catch (UnreadableCellException e) {
            return new Row.Unreadable(ReplayException.reason(e));
        }
    }

    private void logIfBad(Row row, long line) {
        String problem;
        if (row instanceof Row.Unreadable unreadable) {
            problem = "unreadable: " + unreadable.reason();
        } else if (row instanceof Row.Rejected rejected) {
            problem = "rejected: " + rejected.reason().label();
        } else {
            return;
        }
        badRows++;
        if (badRows <= LOGGED_ROWS) {
            LOG.warn("{} line {} is {}", files.get(opened - 1), line, problem);
        }
    }

    /** What has become of the rows so far; the same object all along. */
    public RowCounts counts() {
        return counts;
    }

    @Override
    public long done() {
        return rows;
    }

    @Override
    public double fractionDone() {
        if (exhausted || totalBytes == 0) {
            return exhausted ? 1 : 0;
        }
        long read = bytesOfFinished + (csv == null ? 0 : csv.diskBytesRead());
        return Math.min(1, (double) read / totalBytes);
    }

    @Override
    public void close() {
        if (csv != null) {
            csv.close();
            csv = null;
            opened = files.size();
        }
    }
}
