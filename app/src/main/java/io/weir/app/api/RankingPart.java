package io.weir.app.api;

import io.weir.app.figures.Span;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one dimension stand in one stretch of time, in one instance.
 *
 * @param spans the one stretch; none while nothing has been read from the inputs
 */
record RankingPart(
        SortedSet<Integer> partitions, @Nullable Long watermarkMs, Map<String, Span> spans, RankedRows ranked)
        implements TimedPart {}
