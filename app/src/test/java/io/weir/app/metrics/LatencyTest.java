package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.weir.topology.PartitionProgress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final long NOW_MS = 1_000_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Latency latency = new Latency(() -> Instant.ofEpochMilli(NOW_MS));

    LatencyTest() {
        latency.register(registry);
    }

    private HistogramSnapshot.HistogramDataPointSnapshot histogram() {
        return ((HistogramSnapshot) registry.scrape().get(0)).getDataPoints().get(0);
    }

    @Test
    void itIsTheTimeFromTheRecordToNow() {
        latency.observe(NOW_MS - 1_200);
        assertThat(histogram().getSum()).isEqualTo(1.2);
        assertThat(histogram().getCount()).isEqualTo(1);
        assertThat(histogram().hasNativeHistogramData()).isFalse();
        assertThat(histogram().hasClassicHistogramData()).isTrue();
    }

    @Test
    void aRecordFromTheFutureHasNotWaited() {
        latency.observe(NOW_MS + 5_000);
        assertThat(histogram().getSum()).isZero();
    }

    @Test
    void progressThatCoversNoRecordSaysNothing() {
        latency.rowsCover(0, new PartitionProgress(0));
        assertThat(registry.scrape().get(0).getDataPoints())
                .allSatisfy(point -> assertThat(((HistogramSnapshot.HistogramDataPointSnapshot) point).getCount())
                        .isZero());
    }
}
