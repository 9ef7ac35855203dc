package io.weir.app.api;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A figure on its way from one instance to another.
 *
 * @param measures in the order of {@link io.weir.domain.Measure}
 */
record FigureRow(
        @Nullable String product,
        @Nullable String source,
        @Nullable String campaign,
        List<Long> measures) {

    static FigureRow of(Figure figure) {
        DimensionKey key = figure.key();
        return new FigureRow(key.productId(), key.source(), key.campaignId(), listOf(figure.measures()));
    }

    static List<FigureRow> of(List<Figure> figures) {
        return figures.stream().map(FigureRow::of).toList();
    }

    Figure toFigure(Dimension dimension) {
        return new Figure(DimensionKey.of(dimension, product, source, campaign), toMeasures(measures));
    }

    static List<Long> listOf(Measures measures) {
        return LongStream.of(measures.toArray()).boxed().toList();
    }

    static Measures toMeasures(List<Long> measures) {
        return Measures.of(measures.stream().mapToLong(Long::longValue).toArray());
    }
}
