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
 * @param watermarkMs that is stored with the rows; null while there is none, and so are the other times then
 * @param keptFromMs windows that start earlier may have been dropped
 */
record SeriesPart(
        SortedSet<Integer> partitions,
        @Nullable Long watermarkMs,
        @Nullable Long fromMs,
        @Nullable Long toMs,
        @Nullable Long keptFromMs,
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
