package io.weir.app.api;

import io.weir.app.figures.Span;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The alerts that one instance has found in the figures it owns. */
record AlertsPart(SortedSet<Integer> partitions, @Nullable Long watermarkMs, List<AlertLine> alerts)
        implements TimedPart {
    @Override
    public Map<String, Span> spans() {
        return Map.of();
    }
}
