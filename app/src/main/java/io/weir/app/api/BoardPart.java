package io.weir.app.api;

import io.weir.app.figures.Span;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What one instance contributes to the board.
 *
 * @param spans of all periods that are known here, by label
 * @param shop the whole shop's measures by period; null where another instance owns them
 * @param yesterday the whole shop until the same time of day; null where that is not known, or another's
 * @param rankings by dimension
 * @param inputs how far its input partitions have come
 */
record BoardPart(
        SortedSet<Integer> partitions,
        @Nullable Long watermarkMs,
        Map<String, Span> spans,
        @Nullable Map<String, List<Long>> shop,
        @Nullable PastPart yesterday,
        Map<String, RankedRows> rankings,
        SortedMap<Integer, InputPart> inputs,
        List<AlertLine> alerts)
        implements TimedPart {

    /** The measures of a stretch of time that has gone by. */
    record PastPart(Span span, List<Long> measures) {}
}
