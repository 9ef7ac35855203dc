package io.weir.topology;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;

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
        boolean isFinal) {}
