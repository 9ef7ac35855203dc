package io.weir.app.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import java.time.InstantSource;

/**
 * How long it takes from a record's timestamp until its figures can be seen here: of each publication the record that
 * has waited longest, once for every totals partition that it reaches. Thread-safe.
 */
public final class Latency implements FiguresListener {
    /** Seconds; classic buckets, which every version of Prometheus reads. */
    private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60};

    private static final double MS_PER_SECOND = 1000.0;

    private final InstantSource clock;
    private final Histogram seconds = Histogram.builder()
            .name("weir_latency_seconds")
            .help("From a record's timestamp until its figures can be seen here.")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .build();

    Latency(InstantSource clock) {
        this.clock = clock;
    }

    void register(PrometheusRegistry registry) {
        registry.register(seconds);
    }

    @Override
    public void rowsCover(int totalsPartition, PartitionProgress progress) {
        if (progress.oldestNewMs() != PartitionProgress.NONE) {
            observe(progress.oldestNewMs());
        }
    }

    /** The figures of a record with this timestamp can be seen now. */
    void observe(long timestampMs) {
        seconds.observe(Math.max(0, clock.millis() - timestampMs) / MS_PER_SECOND);
    }
}
