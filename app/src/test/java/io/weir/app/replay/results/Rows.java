package io.weir.app.replay.results;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.time.Instant;

/** Window rows for tests. */
final class Rows {
    private static final long MINUTE_MS = 60_000;

    private Rows() {}

    /** @param measures one for each measure in its order */
    static WindowRow row(WindowSize size, String start, DimensionKey key, long... measures) {
        long startMs = Instant.parse(start).toEpochMilli();
        long sizeMs = switch (size) {
            case MINUTE -> MINUTE_MS;
            case HOUR -> 60 * MINUTE_MS;
            case DAY -> 24 * 60 * MINUTE_MS;
        };
        return new WindowRow(size, startMs, startMs + sizeMs, key, Measures.of(measures), 1, true);
    }
}
