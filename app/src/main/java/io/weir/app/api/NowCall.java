package io.weir.app.api;

import io.weir.app.api.Gathering.LocalCall;
import io.weir.app.figures.Figure;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.app.figures.Span;
import io.weir.app.figures.Standing;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import io.weir.topology.ServedRows;
import io.weir.topology.WindowRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code now}: the first keys of a dimension, or one key, in a period that moves with the watermark. Thread-safe. */
final class NowCall {
    static final String PATH = "now";

    private static final int TOP = 50;
    private static final List<String> PARAMETERS = Stream.of(
                    List.of("dimension", "window", "format"), Order.PARAMETERS, Question.KEY)
            .flatMap(List::stream)
            .toList();

    private final ShopSettings shop;
    private final Members members;
    private final OwnTotals own;
    private final LiveFigures live;
    private final StoredRows stored;
    private final Gathering gathering;
    private final RankingAnswers answers;

    /** @param key the one that is asked for; null for the first of all */
    private record Asked(
            Dimension dimension,
            Period period,
            Order order,
            @Nullable DimensionKey key) {}

    NowCall(
            ShopSettings shop,
            Members members,
            OwnTotals own,
            LiveFigures live,
            StoredRows stored,
            Gathering gathering) {
        this.shop = shop;
        this.members = members;
        this.own = own;
        this.live = live;
        this.stored = stored;
        this.gathering = gathering;
        this.answers = new RankingAnswers(shop);
    }

    private Asked read(Question question) {
        question.allowOnly(PARAMETERS);
        Dimension dimension = question.dimension();
        DimensionKey key = question.key(dimension);
        return new Asked(
                dimension,
                period(question, null),
                Order.of(question, TOP),
                dimension == Dimension.TOTAL ? DimensionKey.TOTAL : key);
    }

    /** The period that {@code window} names; one that the configured windows give. */
    private Period period(Question question, @Nullable Period otherwise) {
        return Periods.of(question, shop.windows(), otherwise);
    }

    CompletableFuture<RankingAnswer> answer(Question question) {
        Asked asked = read(question);
        DimensionKey key = asked.key;
        CompletableFuture<Aligned<RankingPart>> parts = key == null
                ? Aligned.gather(gathering, atMostMs -> localCall(asked, atMostMs), question)
                : gathering
                        .fromOwner(
                                ServedRows.partitionOf(key, members.partitions()),
                                localCall(asked, Long.MAX_VALUE),
                                question)
                        .thenApply(part -> new Aligned<>(List.of(part), part.watermarkMs()));
        return parts.thenApply(all -> answers.of(asked.dimension, asked.period.label(), asked.order, all));
    }

    private LocalCall<RankingPart> localCall(Asked asked, long atMostMs) {
        return new LocalCall<>(Half.TOTALS, PATH, RankingPart.class, () -> part(asked, atMostMs));
    }

    /** What this instance contributes. */
    RankingPart part(Question question, long atMostMs) {
        return part(read(question), atMostMs);
    }

    private RankingPart part(Asked asked, long atMostMs) {
        return own.read((partitions, watermarkMs) -> {
            if (watermarkMs == null) {
                return new RankingPart(partitions, null, Map.of(), RankedRows.NONE);
            }
            long asOfMs = Math.min(watermarkMs, atMostMs);
            DimensionKey key = asked.key;
            if (key == null) {
                return live.read(
                                asked.period,
                                asOfMs,
                                span -> part(asked.period, partitions, watermarkMs, span, first(asked, asOfMs)))
                        .orElseThrow(() -> Periods.behind(asked.period));
            }
            Optional<RankingPart> held = live.read(
                            asked.period,
                            asOfMs,
                            span -> live.find(asked.period, asOfMs, key)
                                    .map(figure -> part(asked.period, partitions, watermarkMs, span, one(figure))))
                    .flatMap(Function.identity());
            return held.orElseGet(() -> stored(asked.period, key, partitions));
        });
    }

    private static RankingPart part(
            Period period, SortedSet<Integer> partitions, long watermarkMs, Span span, RankedRows ranked) {
        return new RankingPart(partitions, watermarkMs, Map.of(period.label(), span), ranked);
    }

    private RankedRows first(Asked asked, long asOfMs) {
        Standing standing = live.standing(
                asked.period, asOfMs, asked.dimension, asked.order.comparator(shop.margin()), asked.order.top());
        return new RankedRows(standing.keys(), FigureRow.of(standing.rows()));
    }

    private static RankedRows one(Figure figure) {
        return figure.measures().isZero() ? RankedRows.NONE : new RankedRows(1, List.of(FigureRow.of(figure)));
    }

    /**
     * Of a key that is not held on the heap, as only the most important ones are: as of the watermark that is stored with
     * the rows.
     */
    private RankingPart stored(Period period, DimensionKey key, SortedSet<Integer> partitions) {
        long watermarkMs = stored.watermarkMs().orElseThrow(() -> Periods.behind(period));
        RollingWindow window = period.rolling();
        Optional<Measures> found;
        Span span;
        if (window == null) {
            span = live.spanAt(period, watermarkMs);
            WindowSize size = period == Period.TODAY ? WindowSize.DAY : WindowSize.MINUTE;
            found = stored.find(size, span.startMs(), key).map(WindowRow::measures);
        } else {
            found = stored.rolling(window, key);
            // The row has moved on no farther than the heap, so it is of this minute if the heap still is.
            span = live.span(period, watermarkMs).orElseThrow(() -> Periods.behind(period));
        }
        return part(
                period,
                partitions,
                watermarkMs,
                span,
                found.map(measures -> one(new Figure(key, measures))).orElse(RankedRows.NONE));
    }
}
