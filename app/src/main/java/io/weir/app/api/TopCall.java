package io.weir.app.api;

import io.weir.app.api.Gathering.LocalCall;
import io.weir.app.figures.Figure;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Span;
import io.weir.domain.Dimension;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code windows/top}: the first keys of a dimension in one tumbling window of the past or present. Thread-safe. */
final class TopCall {
    static final String PATH = "windows/top";

    private static final int TOP = 50;
    private static final List<String> PARAMETERS = Stream.concat(
                    Stream.of("dimension", "window", "start", "format"), Order.PARAMETERS.stream())
            .toList();

    private final ShopSettings shop;
    private final OwnTotals own;
    private final LiveFigures live;
    private final StoredRows stored;
    private final Gathering gathering;
    private final RankingAnswers answers;

    /** @param timeMs an instant in the window; null for the current one */
    private record Asked(
            Dimension dimension, WindowSize size, @Nullable Long timeMs, Order order) {}

    TopCall(ShopSettings shop, OwnTotals own, LiveFigures live, StoredRows stored, Gathering gathering) {
        this.shop = shop;
        this.own = own;
        this.live = live;
        this.stored = stored;
        this.gathering = gathering;
        this.answers = new RankingAnswers(shop);
    }

    private Asked read(Question question) {
        question.allowOnly(PARAMETERS);
        return new Asked(
                question.dimension(),
                WindowSizes.of(question, shop.windows()),
                question.timeMs("start"),
                Order.of(question, TOP));
    }

    CompletableFuture<RankingAnswer> answer(Question question) {
        Asked asked = read(question);
        return Aligned.gather(gathering, atMostMs -> localCall(asked, atMostMs), question)
                .thenApply(all -> answers.of(asked.dimension, asked.size.label(), asked.order, all));
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
            OptionalLong storedMs = watermarkMs == null ? OptionalLong.empty() : stored.watermarkMs();
            return storedMs.isEmpty()
                    ? new RankingPart(partitions, null, Map.of(), RankedRows.NONE)
                    : part(asked, atMostMs, partitions, storedMs.getAsLong());
        });
    }

    /** @param watermarkMs the one that is stored with the rows */
    private RankingPart part(Asked asked, long atMostMs, SortedSet<Integer> partitions, long watermarkMs) {
        long timeMs = asked.timeMs == null ? Math.min(watermarkMs, atMostMs) : asked.timeMs;
        Windowing windowing = new Windowing(shop.windows(), shop.zone());
        long startMs = windowing.startMs(asked.size, timeMs);
        long endMs = windowing.endMs(asked.size, timeMs);
        Span span = new Span(startMs, endMs, shop.isFinal(endMs, watermarkMs));
        RankedRows ranked = rank(asked, startMs);
        checkKept(asked.size, startMs, live.furthestMs().orElse(watermarkMs));
        return new RankingPart(partitions, watermarkMs, Map.of(asked.size.label(), span), ranked);
    }

    /** Behind the rows: what was dropped while they were read is not taken for a window without events. */
    private void checkKept(WindowSize size, long startMs, long furthestMs) {
        long keptFromMs = shop.keptFromMs(size, furthestMs);
        if (startMs < keptFromMs) {
            throw Refusal.unknown("the window of " + Lines.time(startMs) + " is not kept any more; those from "
                    + Lines.time(keptFromMs) + " on are, by the setting retention." + size.label());
        }
    }

    private RankedRows rank(Asked asked, long startMs) {
        FirstFigures first = new FirstFigures(asked.order.comparator(shop.margin()), asked.order.top());
        stored.window(asked.size, startMs, asked.dimension, row -> first.add(new Figure(row.key(), row.measures())));
        return new RankedRows(first.keys(), FigureRow.of(first.sorted()));
    }
}
