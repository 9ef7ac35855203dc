package io.weir.app.api;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import java.util.Comparator;
import java.util.List;

/**
 * The first keys of one dimension in some order.
 *
 * @param keys how many keys there are, of which {@code rows} are the first
 */
record RankedRows(long keys, List<FigureRow> rows) {
    static final RankedRows NONE = new RankedRows(0, List.of());

    /** The first of all: no key is in two instances, so each one's first are enough. */
    static Ranked merge(List<RankedRows> parts, Dimension dimension, Comparator<Figure> order, int top) {
        return new Ranked(
                parts.stream().mapToLong(RankedRows::keys).sum(),
                parts.stream()
                        .flatMap(part -> part.rows.stream())
                        .map(row -> row.toFigure(dimension))
                        .sorted(order)
                        .limit(top)
                        .toList());
    }

    /** The same over all instances. */
    record Ranked(long keys, List<Figure> figures) {}
}
