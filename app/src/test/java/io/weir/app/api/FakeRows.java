package io.weir.app.api;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/** Stored rows of a test. */
public final class FakeRows implements StoredRows {
    public final List<WindowRow> rows = new CopyOnWriteArrayList<>();
    public final Map<DimensionKey, Measures> lastHour = new HashMap<>();
    public volatile Measures yesterday = Measures.ZERO;
    public volatile boolean restoring = false;

    /** What is stored is as of this watermark, and the heap is ahead of it; null for no difference. */
    public volatile @Nullable Long committedMs = null;

    private final Supplier<OptionalLong> onHeapMs;

    /** Rows that are stored however far the watermark comes. */
    FakeRows() {
        this(() -> OptionalLong.of(Long.MAX_VALUE));
    }

    /** @param onHeapMs the watermark of the figures on the heap */
    FakeRows(Supplier<OptionalLong> onHeapMs) {
        this.onHeapMs = onHeapMs;
    }

    private List<WindowRow> rows() {
        if (restoring) {
            throw new InvalidStateStoreException("restoring");
        }
        return rows;
    }

    @Override
    public OptionalLong watermarkMs() {
        Long committed = committedMs;
        return committed == null ? onHeapMs.get() : OptionalLong.of(committed);
    }

    @Override
    public Optional<WindowRow> find(WindowSize size, long startMs, DimensionKey key) {
        return series(size, key, startMs, startMs + 1).stream().findFirst();
    }

    @Override
    public Optional<Measures> rolling(RollingWindow window, DimensionKey key) {
        return window == RollingWindow.HOUR ? Optional.ofNullable(lastHour.get(key)) : Optional.empty();
    }

    @Override
    public List<WindowRow> series(WindowSize size, DimensionKey key, long fromMs, long toMs) {
        return rows().stream()
                .filter(row -> row.size() == size && row.key().equals(key))
                .filter(row -> row.startMs() >= fromMs && row.startMs() < toMs)
                .sorted(Comparator.comparingLong(WindowRow::startMs))
                .toList();
    }

    @Override
    public void window(WindowSize size, long startMs, Dimension dimension, Consumer<WindowRow> each) {
        rows().stream()
                .filter(row -> row.size() == size && row.startMs() == startMs)
                .filter(row -> row.key().dimension() == dimension)
                .forEach(each);
    }

    /** {@link #yesterday} for the first minute of it and any longer part. */
    @Override
    public Measures dayUntil(DimensionKey key, long dayStartMs, long untilMs) {
        return untilMs > dayStartMs ? yesterday : Measures.ZERO;
    }
}
