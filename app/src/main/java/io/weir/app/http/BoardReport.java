package io.weir.app.http;

import io.weir.app.figures.Figure;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.app.figures.Ranking;
import io.weir.app.figures.Span;
import io.weir.app.figures.Standing;
import io.weir.app.http.BoardSnapshot.Input;
import io.weir.app.http.BoardSnapshot.Line;
import io.weir.app.http.BoardSnapshot.Partitions;
import io.weir.app.http.BoardSnapshot.Reason;
import io.weir.app.http.BoardSnapshot.Window;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Ratios;
import io.weir.domain.WindowSize;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the live figures into what the page and the API show. Thread-safe. */
public final class BoardReport {
    /** The busiest keys first. */
    private static final Comparator<Figure> BY_VISITORS = Ranking.by(Measure.VISITORS.label(), true, 1);

    private final LiveFigures live;
    private final BoardSettings settings;
    private final InstantSource clock;

    public BoardReport(LiveFigures live, BoardSettings settings, InstantSource clock) {
        this.live = live;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The figures of this moment.
     *
     * @param sizes which windows to report on
     * @param limit how many sources, campaigns and products at most in each window
     */
    public BoardSnapshot snapshot(Set<WindowSize> sizes, int limit) {
        Instant now = clock.instant();
        OptionalLong watermarkMs = live.watermarkMs();
        Map<String, Window> windows = new LinkedHashMap<>();
        for (WindowSize size : WindowSize.values()) {
            Optional<Span> span = sizes.contains(size) ? live.span(periodOf(size)) : Optional.empty();
            if (span.isPresent()) {
                windows.put(size.label(), window(periodOf(size), span.get(), limit));
            }
        }
        return new BoardSnapshot(
                now.toString(),
                settings.currency(),
                zoneName(),
                settings.minVisitors(),
                settings.margin(),
                settings.generated(),
                settings.notice(),
                text(watermarkMs),
                text(live.streamTimeMs()),
                watermarkMs.isEmpty() ? null : Math.max(0, now.toEpochMilli() - watermarkMs.getAsLong()) / 1000.0,
                new Partitions(
                        live.inputs().size(),
                        settings.partitions().getAsInt(),
                        live.ownedTotals().size(),
                        settings.partitions().getAsInt()),
                inputs(),
                windows);
    }

    /** As browsers know it: Java calls UTC by several names. */
    private String zoneName() {
        return settings.zone().normalized().equals(ZoneOffset.UTC)
                ? "UTC"
                : settings.zone().getId();
    }

    private static @Nullable String text(OptionalLong timeMs) {
        return timeMs.isEmpty() ? null : text(timeMs.getAsLong());
    }

    private static String text(long timeMs) {
        return Instant.ofEpochMilli(timeMs).toString();
    }

    private Map<String, Input> inputs() {
        Ledger all = new Ledger();
        live.inputs().values().forEach(progress -> all.add(progress.ledger()));
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            List<Reason> reasons = all.rejectedByReason(type).entrySet().stream()
                    .map(entry ->
                            new Reason(entry.getKey().label(), entry.getKey().meaning(), entry.getValue()))
                    .toList();
            inputs.put(
                    type.plural(),
                    new Input(
                            all.read(type),
                            all.get(type, Outcome.ACCEPTED),
                            all.get(type, Outcome.DUPLICATE),
                            all.get(type, Outcome.LATE),
                            all.get(type, Outcome.REJECTED),
                            reasons));
        }
        return inputs;
    }

    /** What the page shows under this size. */
    private static Period periodOf(WindowSize size) {
        return switch (size) {
            case MINUTE -> Period.LAST_MINUTE;
            case HOUR -> Period.HOUR;
            case DAY -> Period.TODAY;
        };
    }

    private Window window(Period period, Span span, int limit) {
        Optional<Figure> total = live.find(period, DimensionKey.TOTAL);
        return new Window(
                text(span.startMs()),
                text(span.endMs()),
                span.isFinal(),
                total.isEmpty() ? null : line(total.get()),
                ranking(period, Dimension.SOURCE, limit),
                ranking(period, Dimension.CAMPAIGN, limit),
                ranking(period, Dimension.PRODUCT, limit));
    }

    private BoardSnapshot.Ranking ranking(Period period, Dimension dimension, int limit) {
        Standing standing = live.standing(period, dimension, BY_VISITORS, limit);
        return new BoardSnapshot.Ranking(
                standing.keys(), standing.rows().stream().map(this::line).toList());
    }

    private Line line(Figure row) {
        Measures measures = row.measures();
        Map<String, Long> byName = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            byName.put(measure.label(), measures.get(measure));
        }
        return new Line(
                row.key().productId(),
                row.key().source(),
                row.key().campaignId(),
                new Ratios(measures).isReliable(settings.minVisitors()),
                byName,
                RowRatios.of(measures, settings.margin()));
    }
}
