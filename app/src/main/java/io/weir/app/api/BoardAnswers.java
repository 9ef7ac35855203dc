package io.weir.app.api;

import io.weir.app.api.BoardAnswer.Partitions;
import io.weir.app.api.BoardAnswer.PeriodFigures;
import io.weir.app.api.BoardAnswer.Ranking;
import io.weir.app.api.BoardCall.Asked;
import io.weir.app.api.RankedRows.Ranked;
import io.weir.app.figures.Period;
import io.weir.app.figures.Span;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a board together. Thread-safe. */
final class BoardAnswers {
    private final ShopSettings shop;
    private final Members members;
    private final InstantSource clock;
    private final Lines lines;

    BoardAnswers(ShopSettings shop, Members members, InstantSource clock) {
        this.shop = shop;
        this.members = members;
        this.clock = clock;
        this.lines = new Lines(shop);
    }

    BoardAnswer of(Asked asked, Aligned<BoardPart> all) {
        Instant now = clock.instant();
        Long watermarkMs = all.watermarkMs();
        if (watermarkMs != null && !all.spans().containsKey(asked.period().label())) {
            throw Periods.behind(asked.period());
        }
        SortedMap<Integer, InputPart> inputs = inputs(all.parts());
        return new BoardAnswer(
                now.toString(),
                shop.currency(),
                shop.zoneName(),
                shop.minVisitors(),
                shop.margin(),
                shop.generated(),
                shop.notice(),
                Lines.timeOrNull(watermarkMs),
                Lines.timeOrNull(streamTimeMs(inputs)),
                watermarkMs == null ? null : Math.max(0, now.toEpochMilli() - watermarkMs) / 1000.0,
                true,
                members.all().size(),
                new Partitions(members.partitions(), members.partitions()),
                ledger(inputs),
                asked.period().label(),
                shop(all),
                ranking(asked, all, Dimension.SOURCE),
                ranking(asked, all, Dimension.CAMPAIGN),
                ranking(asked, all, Dimension.PRODUCT),
                ranking(asked, all, Dimension.PRODUCT_SOURCE),
                AlertsCall.merge(all.parts().stream().map(BoardPart::alerts).toList()));
    }

    /** The progress of every input partition; each must be in exactly one part. */
    private SortedMap<Integer, InputPart> inputs(List<BoardPart> parts) {
        SortedMap<Integer, InputPart> inputs = new TreeMap<>();
        int told = 0;
        for (BoardPart part : parts) {
            inputs.putAll(part.inputs());
            told += part.inputs().size();
        }
        if (told != members.partitions() || inputs.size() != told) {
            throw Refusal.unavailable("the progress of " + inputs.size() + " of " + members.partitions()
                    + " input partitions is known, others are moving or being restored; ask again in a moment");
        }
        return inputs;
    }

    private static @Nullable Long streamTimeMs(Map<Integer, InputPart> inputs) {
        return inputs.values().stream()
                .map(InputPart::streamTimeMs)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    private static Map<String, Input> ledger(Map<Integer, InputPart> inputs) {
        Ledger ledger = new Ledger();
        inputs.values().forEach(input -> input.addTo(ledger));
        Map<String, Input> byName = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            byName.put(type.plural(), Input.of(type, ledger));
        }
        return byName;
    }

    private Map<String, @Nullable PeriodFigures> shop(Aligned<BoardPart> all) {
        Map<String, @Nullable PeriodFigures> byPeriod = new LinkedHashMap<>();
        for (Period period : Period.values()) {
            byPeriod.put(period.label(), null);
        }
        byPeriod.put("yesterday", null);
        for (BoardPart part : all.parts()) {
            Map<String, List<Long>> owned = part.shop();
            if (owned != null) {
                owned.forEach((label, measures) ->
                        byPeriod.put(label, figures(all.spans().get(label), measures, all.watermarkMs())));
            }
            BoardPart.PastPart past = part.yesterday();
            if (past != null) {
                byPeriod.put(
                        "yesterday",
                        figures(past.span(), past.measures(), past.span().isFinal()));
            }
        }
        return byPeriod;
    }

    private @Nullable PeriodFigures figures(@Nullable Span span, List<Long> measures, @Nullable Long watermarkMs) {
        return span == null || watermarkMs == null
                ? null
                : figures(span, measures, shop.isFinal(span.endMs(), watermarkMs));
    }

    private PeriodFigures figures(Span span, List<Long> measures, boolean isFinal) {
        return new PeriodFigures(
                Lines.time(span.startMs()),
                Lines.time(span.endMs()),
                isFinal,
                lines.of(DimensionKey.TOTAL, FigureRow.toMeasures(measures)));
    }

    private Ranking ranking(Asked asked, Aligned<BoardPart> all, Dimension dimension) {
        List<RankedRows> parts = all.parts().stream()
                .map(part -> part.rankings().getOrDefault(dimension.label(), RankedRows.NONE))
                .toList();
        Ranked ranked = RankedRows.merge(
                parts,
                dimension,
                asked.order().comparator(shop.margin()),
                asked.order().top());
        return new Ranking(ranked.keys(), lines.of(ranked.figures()));
    }
}
