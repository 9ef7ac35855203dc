package io.weir.app.replay.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a CSV file.
 *
 * @param line the physical line it starts on, counted from 1
 * @param cells unquoted; empty when there is a fault
 * @param fault why it is no row, null when it is one
 */
record CsvRow(long line, List<String> cells, @Nullable String fault) {
    static CsvRow faulty(long line, String fault) {
        return new CsvRow(line, List.of(), fault);
    }
}
