package io.weir.topology;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;

/**
 * The measures of one dimension key in one window, summed over all partitions.
 *
 * @param startMs first instant of the window, inclusive, event time
 * @param endMs first instant after the window, exclusive, event time
 * @param revision 1 for the first result, one more for each that replaces it
 * @param isFinal the watermark has passed the window's end + grace
 */
public record WindowRow(
        WindowSize size,
        long startMs,
        long endMs,
        DimensionKey key,
        Measures measures,
        long revision,
        boolean isFinal) {

    /** @param windowing says when the window ends */
    public static WindowRow of(
            WindowKey window, Windowing windowing, Measures measures, long revision, boolean isFinal) {
        long endMs = windowing.endMs(window.size(), window.startMs());
        return new WindowRow(window.size(), window.startMs(), endMs, window.key(), measures, revision, isFinal);
    }
}
