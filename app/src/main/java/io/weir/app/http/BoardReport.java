package io.weir.app.http;

import io.weir.app.http.BoardSnapshot.Input;
import io.weir.app.http.BoardSnapshot.Line;
import io.weir.app.http.BoardSnapshot.Partitions;
import io.weir.app.http.BoardSnapshot.Ranking;
import io.weir.app.http.BoardSnapshot.Reason;
import io.weir.app.http.BoardSnapshot.Window;
import io.weir.domain.Dimension;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Ratios;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what the board holds into what the page and the API show. Thread-safe. */
public final class BoardReport {
    private final Board board;
    private final BoardSettings settings;
    private final InstantSource clock;

    public BoardReport(Board board, BoardSettings settings, InstantSource clock) {
        this.board = board;
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
        OptionalLong watermarkMs = board.watermarkMs();
        Map<String, Window> windows = new LinkedHashMap<>();
        for (WindowSize size : WindowSize.values()) {
            OptionalLong startMs = sizes.contains(size) ? board.currentStartMs(size) : OptionalLong.empty();
            if (startMs.isPresent()) {
                windows.put(size.label(), window(size, startMs.getAsLong(), limit));
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
                text(board.streamTimeMs()),
                watermarkMs.isEmpty() ? null : Math.max(0, now.toEpochMilli() - watermarkMs.getAsLong()) / 1000.0,
                new Partitions(
                        board.inputs().size(),
                        settings.partitions().getAsInt(),
                        board.ownedTotals(),
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
        board.inputs().values().forEach(progress -> all.add(progress.ledger()));
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

    private Window window(WindowSize size, long startMs, int limit) {
        List<WindowRow> total = board.rows(size, startMs, Dimension.TOTAL);
        List<WindowRow> sources = board.rows(size, startMs, Dimension.SOURCE);
        List<WindowRow> campaigns = board.rows(size, startMs, Dimension.CAMPAIGN);
        List<WindowRow> products = board.rows(size, startMs, Dimension.PRODUCT);
        WindowRow any = Stream.of(total, sources, campaigns, products)
                .flatMap(List::stream)
                .findFirst()
                .orElse(null);
        return new Window(
                text(startMs),
                text(any == null ? startMs : any.endMs()),
                any != null && any.isFinal(),
                total.isEmpty() ? null : line(total.get(0)),
                ranking(sources, limit),
                ranking(campaigns, limit),
                ranking(products, limit));
    }

    private Ranking ranking(List<WindowRow> rows, int limit) {
        return new Ranking(
                rows.size(), rows.stream().limit(limit).map(this::line).toList());
    }

    private Line line(WindowRow row) {
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
