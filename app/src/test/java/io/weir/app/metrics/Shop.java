package io.weir.app.metrics;

import static io.weir.app.figures.FigureRows.MINUTE_MS;
import static io.weir.app.figures.FigureRows.TODAY_MS;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.app.figures.Ranking;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowSize;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** A shop whose figures can be set, seen by one instance that owns some of its totals partitions. */
final class Shop implements AutoCloseable {
    static final long NOW_MS = TODAY_MS + 10 * MINUTE_MS;
    static final long COMMIT_INTERVAL_MS = 1_000;

    final LiveFigures live;
    final Metrics metrics;
    private long clockMs = NOW_MS;
    private final Map<Period, Map<DimensionKey, Measures>> told = new EnumMap<>(Period.class);

    Shop(int limit) {
        this(limit, LiveFigures.MOST_ROWS);
    }

    /** @param limit of series of each dimension */
    Shop(int limit, int mostRows) {
        live = FigureRows.live(mostRows);
        metrics = new Metrics(live, settings(limit), () -> Instant.ofEpochMilli(clockMs));
    }

    static MetricsSettings settings(int limit) {
        return new MetricsSettings(
                "CNY",
                30,
                false,
                "0.0.1",
                COMMIT_INTERVAL_MS,
                Ranking.by("visitors", true, 1),
                limit,
                limit,
                limit,
                limit);
    }

    /** Every figure of this totals partition has been told up to now. */
    void tellAll(int partition) {
        live.watermarkAdvanced(partition, NOW_MS);
    }

    /** An input partition has come so far; seconds later that is committed. */
    void commit(PartitionProgress progress, Map<String, SourceFacts> facts) {
        live.inputProgressed(progress, facts);
        for (int i = 0; i < 6; i++) {
            metrics.listener().inputProgressed(progress, facts);
            clockMs += COMMIT_INTERVAL_MS;
        }
        clockMs = NOW_MS;
    }

    void clock(Instant now) {
        clockMs = now.toEpochMilli();
    }

    void revokeInput(int partition) {
        live.inputRevoked(partition);
        metrics.listener().inputRevoked(partition);
    }

    /** The key now has these measures in this period. */
    void set(int partition, Period period, DimensionKey key, Measures now) {
        Map<DimensionKey, Measures> ofPeriod = told.computeIfAbsent(period, none -> new HashMap<>());
        Measures before = ofPeriod.getOrDefault(key, Measures.ZERO);
        ofPeriod.put(key, now);
        tell(live, partition, period, key, now, before);
    }

    static void tell(LiveFigures live, int partition, Period period, DimensionKey key, Measures now, Measures before) {
        switch (period) {
            case LAST_MINUTE -> live.rowChanged(partition, row(WindowSize.MINUTE, key, now), before);
            case TODAY -> live.rowChanged(partition, row(WindowSize.DAY, key, now), before);
            case FIVE_MINUTES -> live.rollingChanged(partition, RollingWindow.FIVE_MINUTES, key, now, before);
            case HOUR -> live.rollingChanged(partition, RollingWindow.HOUR, key, now, before);
            case DAY -> live.rollingChanged(partition, RollingWindow.DAY, key, now, before);
        }
    }

    private static WindowRow row(WindowSize size, DimensionKey key, Measures measures) {
        long startMs = size == WindowSize.DAY ? TODAY_MS : NOW_MS - MINUTE_MS;
        WindowRow row = FigureRows.row(size, startMs, key, Map.of());
        return new WindowRow(size, row.startMs(), row.endMs(), key, measures, 1, false);
    }

    Scrape scrape() {
        return Scrape.of(metrics);
    }

    @Override
    public void close() {
        metrics.close();
    }
}
