package io.weir.app;

import io.weir.app.api.StoredRows;
import io.weir.app.pipeline.Pipeline;
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
import java.util.function.Supplier;

/** The rows of the pipeline that runs now. Thread-safe. */
final class PipelineRows implements StoredRows {
    private final Supplier<Pipeline> pipeline;

    /** @param pipeline throws while there is none */
    PipelineRows(Supplier<Pipeline> pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public OptionalLong watermarkMs() {
        return pipeline.get().rows().watermarkMs();
    }

    @Override
    public Optional<WindowRow> find(WindowSize size, long startMs, DimensionKey key) {
        return pipeline.get().rows().find(size, startMs, key);
    }

    @Override
    public Optional<Measures> rolling(RollingWindow window, DimensionKey key) {
        return pipeline.get().rows().rolling(window, key);
    }

    @Override
    public List<WindowRow> series(WindowSize size, DimensionKey key, long fromMs, long toMs) {
        return pipeline.get().rows().series(size, key, fromMs, toMs);
    }

    @Override
    public void window(WindowSize size, long startMs, Dimension dimension, Consumer<WindowRow> each) {
        pipeline.get().rows().window(size, startMs, dimension, each);
    }

    @Override
    public Measures dayUntil(DimensionKey key, long dayStartMs, long untilMs) {
        return pipeline.get().rows().dayUntil(key, dayStartMs, untilMs);
    }
}
