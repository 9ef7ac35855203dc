package io.weir.app.api;

import io.weir.app.api.Gathering.LocalCall;
import io.weir.app.figures.LiveFigures;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.topology.ServedRows;
import io.weir.topology.WindowRow;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code windows}: one key in the tumbling windows of a range of time, as far as they are kept. Thread-safe. */
final class SeriesCall {
    static final String PATH = "windows";

    /** How many windows a range may span. */
    static final long MOST = 50_000;

    private static final List<String> PARAMETERS = Stream.concat(
                    Stream.of("dimension", "window", "from", "to", "format"), Question.KEY.stream())
            .toList();

    private final ShopSettings shop;
    private final Members members;
    private final OwnTotals own;
    private final LiveFigures live;
    private final StoredRows stored;
    private final Gathering gathering;
    private final Lines lines;

    /**
     * @param fromMs null for the default
     * @param toMs null for the end of the window that the watermark is in
     */
    private record Asked(
            Dimension dimension,
            WindowSize size,
            DimensionKey key,
            @Nullable Long fromMs,
            @Nullable Long toMs) {}

    SeriesCall(
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
        this.lines = new Lines(shop);
    }

    private Asked read(Question question) {
        question.allowOnly(PARAMETERS);
        Dimension dimension = question.dimension();
        WindowSize size = WindowSizes.of(question, shop.windows());
        Long fromMs = question.timeMs("from");
        Long toMs = question.timeMs("to");
        if (fromMs != null && toMs != null && fromMs >= toMs) {
            throw Refusal.wrong("from must be before to");
        }
        return new Asked(dimension, size, question.requiredKey(dimension), fromMs, toMs);
    }

    CompletableFuture<SeriesAnswer> answer(Question question) {
        Asked asked = read(question);
        int partition = ServedRows.partitionOf(asked.key, members.partitions());
        LocalCall<SeriesPart> call = new LocalCall<>(Half.TOTALS, PATH, SeriesPart.class, () -> part(asked));
        return gathering.fromOwner(partition, call, question).thenApply(part -> answer(asked, part));
    }

    private SeriesAnswer answer(Asked asked, SeriesPart part) {
        return new SeriesAnswer(
                asked.dimension.label(),
                asked.size.label(),
                Lines.timeOrNull(part.fromMs()),
                Lines.timeOrNull(part.toMs()),
                Lines.timeOrNull(part.keptFromMs()),
                Lines.timeOrNull(part.watermarkMs()),
                shop.currency(),
                shop.minVisitors(),
                part.rows().stream()
                        .map(row -> lines.of(row.toRow(asked.size, asked.key)))
                        .toList());
    }

    /** What this instance contributes. */
    SeriesPart part(Question question) {
        return part(read(question));
    }

    private SeriesPart part(Asked asked) {
        return own.read((partitions, watermarkMs) -> {
            OptionalLong storedMs = watermarkMs == null ? OptionalLong.empty() : stored.watermarkMs();
            return storedMs.isEmpty()
                    ? new SeriesPart(partitions, null, asked.fromMs, asked.toMs, null, List.of())
                    : part(asked, partitions, storedMs.getAsLong());
        });
    }

    /** @param watermarkMs the one that is stored with the rows */
    private SeriesPart part(Asked asked, SortedSet<Integer> partitions, long watermarkMs) {
        long toMs = asked.toMs == null
                ? new Windowing(shop.windows(), shop.zone()).endMs(asked.size, watermarkMs)
                : asked.toMs;
        long fromMs = asked.fromMs == null ? toMs - usual(asked.size).toMillis() : asked.fromMs;
        // Earlier windows are not there; to look for them would take long.
        long firstMs = Math.max(fromMs, shop.keptFromMs(asked.size, watermarkMs));
        if ((toMs - firstMs) / shortest(asked.size).toMillis() > MOST) {
            throw Refusal.wrong("that is more than " + MOST + " windows; ask for a shorter range or longer windows");
        }
        List<WindowRow> found = stored.series(asked.size, asked.key, firstMs, toMs);
        // Asked for behind the rows: what was dropped while they were read is not taken for a window without events.
        long keptFromMs = shop.keptFromMs(asked.size, live.furthestMs().orElse(watermarkMs));
        List<SeriesPart.Row> rows = found.stream()
                .filter(row -> row.startMs() >= keptFromMs && !row.measures().isZero())
                .map(SeriesPart.Row::of)
                .toList();
        return new SeriesPart(partitions, watermarkMs, fromMs, toMs, keptFromMs, rows);
    }

    /** The range where none is asked for. */
    private static Duration usual(WindowSize size) {
        return switch (size) {
            case MINUTE -> Duration.ofHours(1);
            case HOUR -> Duration.ofDays(1);
            case DAY -> Duration.ofDays(30);
        };
    }

    private static Duration shortest(WindowSize size) {
        return switch (size) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofHours(23);
        };
    }
}
