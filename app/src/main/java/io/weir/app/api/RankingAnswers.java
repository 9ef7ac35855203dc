package io.weir.app.api;

import io.weir.app.api.RankedRows.Ranked;
import io.weir.app.figures.Span;
import io.weir.domain.Dimension;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a ranking together. Thread-safe. */
final class RankingAnswers {
    private final ShopSettings shop;
    private final Lines lines;

    RankingAnswers(ShopSettings shop) {
        this.shop = shop;
        this.lines = new Lines(shop);
    }

    /** @param window the label of the one stretch of time that the parts are about */
    RankingAnswer of(Dimension dimension, String window, Order order, Aligned<RankingPart> all) {
        Ranked ranked = RankedRows.merge(
                all.parts().stream().map(RankingPart::ranked).toList(),
                dimension,
                order.comparator(shop.margin()),
                order.top());
        Span span = all.spans().get(window);
        Long watermarkMs = all.watermarkMs();
        return new RankingAnswer(
                dimension.label(),
                window,
                span == null ? null : Lines.time(span.startMs()),
                span == null ? null : Lines.time(span.endMs()),
                isFinal(span, watermarkMs),
                Lines.timeOrNull(watermarkMs),
                shop.currency(),
                shop.minVisitors(),
                order.by(),
                order.direction(),
                ranked.keys(),
                lines.of(ranked.figures()));
    }

    private boolean isFinal(@Nullable Span span, @Nullable Long watermarkMs) {
        return span != null && watermarkMs != null && shop.isFinal(span.endMs(), watermarkMs);
    }
}
