package io.weir.app;

import io.weir.app.config.WeirConfig;
import io.weir.app.metrics.Vitals;
import io.weir.app.pipeline.Pipeline;
import io.weir.domain.EventType;
import java.util.OptionalLong;

/** What the metrics show of a pipeline. */
record PipelineVitals(Pipeline pipeline, WeirConfig config) implements Vitals {

    @Override
    public boolean isReady() {
        return pipeline.isReady();
    }

    @Override
    public int partitions() {
        return pipeline.partitions();
    }

    @Override
    public long threadRestarts() {
        return pipeline.restarts();
    }

    @Override
    public long restoreRemaining() {
        return pipeline.restoreRemaining();
    }

    @Override
    public OptionalLong waiting(EventType input, int partition, long nextOffset) {
        return pipeline.ends().knownWaiting(config.topic(input), partition, nextOffset);
    }
}
