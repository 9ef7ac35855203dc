package io.weir.app.api;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The rows that this instance owns and still keeps; see {@link io.weir.topology.ServedRows}. All methods throw while
 * partitions are moved or restored.
 */
public interface StoredRows {
    /** Read before the rows: up to this event time they are complete, milliseconds; empty before the first watermark. */
    OptionalLong watermarkMs();

    Optional<WindowRow> find(WindowSize size, long startMs, DimensionKey key);

    Optional<Measures> rolling(RollingWindow window, DimensionKey key);

    List<WindowRow> series(WindowSize size, DimensionKey key, long fromMs, long toMs);

    /** Calls back with one row after the other; there can be millions. */
    void window(WindowSize size, long startMs, Dimension dimension, Consumer<WindowRow> each);

    Measures dayUntil(DimensionKey key, long dayStartMs, long untilMs);
}
