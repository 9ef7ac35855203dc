package io.weir.app.metrics;

import io.weir.app.config.WeirConfig;
import io.weir.app.figures.LiveFigures;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a scrape of 100,000 series costs, and making a label's value of a name. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScrapeBenchmark {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_START_MS =
            Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long NOW_MS = DAY_START_MS + 600 * MINUTE_MS;
    private static final int KEYS = 1_000;
    private static final int LEAST_SERIES = 100_000;

    private final LiveFigures live;
    private final Metrics metrics;

    public ScrapeBenchmark() {
        WeirConfig config = WeirConfig.of(
                Map.of("metrics.products", Integer.toString(KEYS), "metrics.product.sources", Integer.toString(KEYS)));
        live = new LiveFigures(
                EnumSet.allOf(WindowSize.class),
                ZoneOffset.UTC,
                config.duration("grace").toMillis(),
                MetricsSettings.order(config),
                LiveFigures.MOST_ROWS);
        metrics = new Metrics(
                live, MetricsSettings.of(config, false, "bench"), InstantSource.fixed(Instant.ofEpochMilli(NOW_MS)));
    }

    @Setup
    public void fill() {
        for (int i = 0; i < KEYS; i++) {
            String product = "product-" + i;
            tell(DimensionKey.product(product), i);
            tell(DimensionKey.productSource(product, "source-" + i % 20), i);
        }
        live.watermarkAdvanced(0, NOW_MS);
        long series = new String(metrics.scrape(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
        if (series < LEAST_SERIES) {
            throw new IllegalStateException("only " + series + " series");
        }
    }

    private void tell(DimensionKey key, int seed) {
        long[] values = new long[Measure.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + Math.floorMod(seed * 7_919L + i * 104_729L, 5_000_000);
        }
        Measures measures = Measures.of(values);
        live.rowChanged(0, row(WindowSize.MINUTE, NOW_MS - MINUTE_MS, NOW_MS, key, measures), Measures.ZERO);
        live.rowChanged(
                0, row(WindowSize.DAY, DAY_START_MS, DAY_START_MS + 1440 * MINUTE_MS, key, measures), Measures.ZERO);
        for (RollingWindow window : RollingWindow.values()) {
            live.rollingChanged(0, window, key, measures, Measures.ZERO);
        }
    }

    private static WindowRow row(WindowSize size, long startMs, long endMs, DimensionKey key, Measures measures) {
        return new WindowRow(size, startMs, endMs, key, measures, 1, false);
    }

    @Benchmark
    public int scrape() {
        return metrics.scrape().length;
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public String plainLabel() {
        return LabelValue.of("linen-shirt");
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public String labelToBeCleaned() {
        return LabelValue.of("linen\u0007shirt");
    }
}
