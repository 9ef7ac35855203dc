package io.weir.app.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.weir.app.figures.LiveFigures;
import io.weir.app.pipeline.Listeners;
import io.weir.topology.FiguresListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.streams.KafkaStreams;

/** All that {@code /metrics} shows. Thread-safe. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry;
    private final PipelineCollector pipeline;
    private final FigureGauges figures;
    private final FiguresListener listener;
    private final List<AutoCloseable> bound = new CopyOnWriteArrayList<>();

    /** A little more than the last time: with very many series, growing step by step would copy megabytes. */
    private volatile int expectedBytes = 1 << 16;

    public Metrics(LiveFigures live, MetricsSettings settings, InstantSource clock) {
        PrometheusRegistry collectors = new PrometheusRegistry();
        CommittedProgress committed = new CommittedProgress(settings.commitIntervalMs(), clock);
        figures = new FigureGauges(live, settings);
        pipeline = new PipelineCollector(live, committed, settings);
        Latency latency = new Latency(clock);
        listener = new Listeners(committed, latency);
        collectors.register(pipeline);
        latency.register(collectors);
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
        List.of(
                        new JvmInfoMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach((MeterBinder binder) -> binder.bindTo(registry));
        JvmGcMetrics collections = new JvmGcMetrics();
        bound.add(collections);
        collections.bindTo(registry);
    }

    /** To be told of figures beside the live ones. */
    public FiguresListener listener() {
        return listener;
    }

    /** Shows this pipeline too, and Kafka Streams' own metrics, until this is closed. */
    public void observe(Vitals vitals, KafkaStreams streams) {
        pipeline.observe(vitals);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        bound.add(metrics);
        metrics.bindTo(registry);
    }

    /** Where other parts register meters of their own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All metrics of this moment in Prometheus's text format, UTF-8. */
    public byte[] scrape() {
        GaugeText text = new GaugeText(expectedBytes);
        try {
            registry.scrape(text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        figures.write(text);
        expectedBytes = text.size() + text.size() / 8;
        return text.toByteArray();
    }

    @Override
    public void close() {
        for (AutoCloseable binder : bound) {
            try {
                binder.close();
            } catch (Exception e) {
                throw new IllegalStateException("metrics did not stop", e);
            }
        }
        registry.close();
    }
}
