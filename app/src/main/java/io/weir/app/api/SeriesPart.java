package io.weir.app.api;

import io.weir.domain.DimensionKey;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One key in the windows of a range, from the instance that owns it.
 *
 * @param watermarkMs null while nothing has been read from the inputs; so are the other times then
 */
record SeriesPart(
        SortedSet<Integer> partitions,
        @Nullable Long watermarkMs,
        @Nullable Long fromMs,
        @Nullable Long toMs,
        List<Row> rows)
        implements Part {

    /** One window. */
    record Row(long startMs, long endMs, List<Long> measures, long revision, boolean closed) {
        static Row of(WindowRow row) {
            return new Row(row.startMs(), row.endMs(), FigureRow.listOf(row.measures()), row.revision(), row.isFinal());
        }

        WindowRow toRow(WindowSize size, DimensionKey key) {
            return new WindowRow(size, startMs, endMs, key, FigureRow.toMeasures(measures), revision, closed);
        }
    }
}
