package io.weir.app.http;

import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.time.Instant;
import java.util.Map;

/** Short ways to write window rows in tests. */
final class BoardRows {
    static final long DAY_MS = 86_400_000;
    static final long TODAY_MS = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private BoardRows() {}

    /** A row of today. */
    static WindowRow today(DimensionKey key, Map<Measure, Long> measures) {
        return row(WindowSize.DAY, TODAY_MS, key, measures);
    }

    static WindowRow row(WindowSize size, long startMs, DimensionKey key, Map<Measure, Long> measures) {
        long lengthMs = switch (size) {
            case MINUTE -> 60_000;
            case HOUR -> 3_600_000;
            case DAY -> DAY_MS;
        };
        long[] values = new long[Measure.values().length];
        measures.forEach((measure, value) -> values[measure.ordinal()] = value);
        return new WindowRow(size, startMs, startMs + lengthMs, key, Measures.of(values), 1, false);
    }

    static Map<Measure, Long> visitors(long visitors) {
        return Map.of(Measure.VISITS, visitors, Measure.VISITORS, visitors);
    }

    /** An input partition that has come so far. */
    static PartitionProgress progress(int partition, Ledger ledger, long streamTimeMs) {
        PartitionProgress progress = new PartitionProgress(partition);
        progress.ledger().add(ledger);
        progress.advanceStreamTime(streamTimeMs);
        return progress;
    }
}
