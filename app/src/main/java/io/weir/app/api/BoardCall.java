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
import io.weir.topology.ServedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** {@code board}: all that the page shows. Thread-safe. */
final class BoardCall {
    static final String PATH = "board";

    /** The dimensions that are ranked on it. */
    static final List<Dimension> RANKED =
            List.of(Dimension.SOURCE, Dimension.CAMPAIGN, Dimension.PRODUCT, Dimension.PRODUCT_SOURCE);

    private static final int TOP = 20;
    private static final List<String> PARAMETERS =
            Stream.concat(Stream.of("window"), Order.PARAMETERS.stream()).toList();

    private final ShopSettings shop;
    private final Members members;
    private final OwnTotals own;
    private final LiveFigures live;
    private final AlertSource alerts;
    private final Gathering gathering;
    private final Yesterday yesterday;
    private final BoardAnswers answers;

    /** @param period what the rankings are about */
    record Asked(Period period, Order order) {}

    BoardCall(
            ShopSettings shop,
            Members members,
            OwnTotals own,
            LiveFigures live,
            StoredRows stored,
            AlertSource alerts,
            Gathering gathering,
            BoardAnswers answers) {
        this.shop = shop;
        this.members = members;
        this.own = own;
        this.live = live;
        this.alerts = alerts;
        this.gathering = gathering;
        this.yesterday = new Yesterday(shop, stored);
        this.answers = answers;
    }

    private Asked read(Question question) {
        question.allowOnly(PARAMETERS);
        List<Period> known = Periods.known(shop.windows());
        Period usual = known.contains(Period.TODAY) ? Period.TODAY : Period.HOUR;
        return new Asked(Periods.of(question, shop.windows(), usual), Order.of(question, TOP));
    }

    CompletableFuture<BoardAnswer> answer(Question question) {
        Asked asked = read(question);
        return Aligned.gather(gathering, atMostMs -> localCall(asked, atMostMs), question)
                .thenApply(all -> answers.of(asked, all));
    }

    private LocalCall<BoardPart> localCall(Asked asked, long atMostMs) {
        return new LocalCall<>(Half.TOTALS, PATH, BoardPart.class, () -> part(asked, atMostMs));
    }

    /** What this instance contributes. */
    BoardPart part(Question question, long atMostMs) {
        return part(read(question), atMostMs);
    }

    private BoardPart part(Asked asked, long atMostMs) {
        return own.read((partitions, watermarkMs) -> {
            if (watermarkMs == null) {
                return new BoardPart(partitions, null, Map.of(), null, null, Map.of(), inputs(), alerts.alerts());
            }
            long asOfMs = Math.min(watermarkMs, atMostMs);
            // Without the others there is a board, without this one there is none.
            return live.read(asked.period, asOfMs, span -> part(asked, asOfMs, partitions, watermarkMs))
                    .orElseThrow(() -> Periods.behind(asked.period));
        });
    }

    private BoardPart part(Asked asked, long asOfMs, SortedSet<Integer> partitions, long watermarkMs) {
        boolean ownsShop = ownsShop(partitions);
        Map<String, Span> before = spans(asOfMs);
        Map<String, List<Long>> shop = ownsShop ? shop(asOfMs, before) : null;
        Map<String, Span> spans = spans(asOfMs);
        // What a partition has left meanwhile was not read as a whole.
        spans.keySet().retainAll(before.keySet());
        return new BoardPart(
                partitions,
                watermarkMs,
                spans,
                shop,
                ownsShop ? yesterday.at(asOfMs) : null,
                rankings(asked, asOfMs),
                inputs(),
                alerts.alerts());
    }

    private boolean ownsShop(SortedSet<Integer> partitions) {
        return partitions.contains(ServedRows.partitionOf(DimensionKey.TOTAL, members.partitions()));
    }

    private Map<String, Span> spans(long atMostMs) {
        Map<String, Span> spans = new LinkedHashMap<>();
        for (Period period : Periods.known(shop.windows())) {
            Optional<Span> span = live.span(period, atMostMs);
            span.ifPresent(known -> spans.put(period.label(), known));
        }
        return spans;
    }

    private Map<String, List<Long>> shop(long atMostMs, Map<String, Span> spans) {
        Map<String, List<Long>> byPeriod = new LinkedHashMap<>();
        for (String label : spans.keySet()) {
            Standing total = live.standing(
                    Period.of(label), atMostMs, Dimension.TOTAL, Order.DEFAULT.comparator(shop.margin()), 1);
            Measures measures =
                    total.rows().stream().findFirst().map(Figure::measures).orElse(Measures.ZERO);
            byPeriod.put(label, FigureRow.listOf(measures));
        }
        return byPeriod;
    }

    private Map<String, RankedRows> rankings(Asked asked, long atMostMs) {
        Map<String, RankedRows> rankings = new LinkedHashMap<>();
        for (Dimension dimension : RANKED) {
            Standing standing = live.standing(
                    asked.period, atMostMs, dimension, asked.order.comparator(shop.margin()), asked.order.top());
            rankings.put(dimension.label(), new RankedRows(standing.keys(), FigureRow.of(standing.rows())));
        }
        return rankings;
    }

    private SortedMap<Integer, InputPart> inputs() {
        SortedMap<Integer, InputPart> inputs = new TreeMap<>();
        live.inputs().forEach((partition, progress) -> inputs.put(partition, InputPart.of(progress)));
        return inputs;
    }
}
