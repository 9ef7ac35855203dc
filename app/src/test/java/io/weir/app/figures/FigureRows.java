package io.weir.app.figures;

import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;

/** Short ways to write figures in tests. */
public final class FigureRows {
    public static final long MINUTE_MS = 60_000;
    public static final long DAY_MS = 86_400_000;
    public static final long GRACE_MS = 600_000;

    /** Midnight, UTC. */
    public static final long TODAY_MS = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private FigureRows() {}

    /** Figures of a shop in UTC that keeps the busiest rows. */
    public static LiveFigures live() {
        return live(LiveFigures.MOST_ROWS);
    }

    public static LiveFigures live(int mostRows) {
        return new LiveFigures(
                EnumSet.allOf(WindowSize.class),
                ZoneOffset.UTC,
                GRACE_MS,
                Ranking.by(Measure.VISITORS.label(), true, 1),
                mostRows);
    }

    /** A row of today. */
    public static WindowRow today(DimensionKey key, Map<Measure, Long> measures) {
        return row(WindowSize.DAY, TODAY_MS, key, measures);
    }

    public static WindowRow row(WindowSize size, long startMs, DimensionKey key, Map<Measure, Long> measures) {
        long lengthMs = switch (size) {
            case MINUTE -> MINUTE_MS;
            case HOUR -> 60 * MINUTE_MS;
            case DAY -> DAY_MS;
        };
        return new WindowRow(size, startMs, startMs + lengthMs, key, measures(measures), 1, false);
    }

    public static Measures measures(Map<Measure, Long> measures) {
        long[] values = new long[Measure.values().length];
        measures.forEach((measure, value) -> values[measure.ordinal()] = value);
        return Measures.of(values);
    }

    public static Map<Measure, Long> visitors(long visitors) {
        return Map.of(Measure.VISITS, visitors, Measure.VISITORS, visitors);
    }

    /** An input partition that has come so far. */
    public static PartitionProgress progress(int partition, Ledger ledger, long streamTimeMs) {
        PartitionProgress progress = new PartitionProgress(partition);
        progress.ledger().add(ledger);
        progress.advanceStreamTime(streamTimeMs);
        return progress;
    }
}
