package io.weir.topology;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Measures by the first six columns of windows.csv, as {@link io.weir.oracle.BruteForce} gives them. */
final class FigureRows {
    private FigureRows() {}

    static List<String> cells(String label, String start, DimensionKey key) {
        return List.of(
                label,
                start,
                key.dimension().label(),
                Objects.requireNonNullElse(key.productId(), ""),
                Objects.requireNonNullElse(key.source(), ""),
                Objects.requireNonNullElse(key.campaignId(), ""));
    }

    static List<Long> values(Measures measures) {
        return LongStream.of(measures.toArray()).boxed().toList();
    }

    /** The dimension key that these cells name. */
    static DimensionKey key(List<String> cells) {
        return switch (cells.get(2)) {
            case "total" -> DimensionKey.TOTAL;
            case "product" -> DimensionKey.product(cells.get(3));
            case "source" -> DimensionKey.source(cells.get(4));
            case "product_source" -> DimensionKey.productSource(cells.get(3), cells.get(4));
            default -> DimensionKey.campaign(cells.get(4), cells.get(5));
        };
    }

    /** Rows that are zero throughout need not be there. */
    static void assertSame(String what, Map<List<String>, List<Long>> actual, Map<List<String>, List<Long>> expected) {
        actual.values().removeIf(row -> row.stream().allMatch(value -> value == 0));
        if (!actual.equals(expected)) {
            Set<List<String>> keys = new HashSet<>(actual.keySet());
            keys.addAll(expected.keySet());
            keys.removeIf(key -> Objects.equals(actual.get(key), expected.get(key)));
            throw new AssertionError(what + ", columns " + List.of(Measure.values()) + "\n"
                    + keys.stream()
                            .sorted((a, b) -> a.toString().compareTo(b.toString()))
                            .map(key -> key + "\n   is " + actual.get(key) + "\n  not " + expected.get(key))
                            .collect(Collectors.joining("\n")));
        }
    }
}
