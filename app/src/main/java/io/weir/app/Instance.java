package io.weir.app;

import io.weir.app.alerts.Lookout;
import io.weir.app.api.Api;
import io.weir.app.api.Refusal;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.figures.LiveFigures;
import io.weir.app.http.Access;
import io.weir.app.http.ApiMount;
import io.weir.app.http.HttpServer;
import io.weir.app.http.Reply;
import io.weir.app.http.Site;
import io.weir.app.metrics.Metrics;
import io.weir.app.metrics.MetricsSettings;
import io.weir.app.pipeline.Listeners;
import io.weir.app.pipeline.Pipeline;
import io.weir.topology.FiguresListener;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One instance of Weir: the pipeline, and the server that shows its figures. The server comes up first, so that it can
 * say that the pipeline is not ready yet.
 */
public final class Instance implements AutoCloseable {
    /** The longest that {@link #close} takes. */
    static final Duration STOPS_WITHIN = Pipeline.STOPS_WITHIN.plus(HttpServer.STOPS_WITHIN);

    private final WeirConfig config;
    private final Extras extras;
    private final FiguresListener observer;
    private final LiveFigures live;
    private final Metrics metrics;
    private final Lookout lookout;
    private final HttpServer server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Pipeline pipeline;

    /**
     * What it serves beside its own figures.
     *
     * @param registry served below {@code /registry}, and used in place of {@code schema.registry.url}; null for none
     * @param generated the figures are of generated traffic
     * @param notice a sentence for the people who watch; null for none
     */
    public record Extras(
            @Nullable EmbeddedSchemaRegistry registry,
            boolean generated,
            @Nullable String notice) {
        public static final Extras NONE = new Extras(null, false, null);
    }

    private Instance(WeirConfig config, Extras extras, FiguresListener observer) {
        this.config = config;
        this.extras = extras;
        this.observer = observer;
        this.live = live(config);
        this.metrics = new Metrics(
                live, MetricsSettings.of(config, extras.generated(), Version.NUMBER), InstantSource.system());
        this.lookout = new Lookout(live, InstantSource.system());
        Access access = HttpAccess.of(config);
        Api api = InstanceApi.of(config, extras, live, lookout, this::running, access);
        Site site = new Site(api, this::isReady, metrics::scrape, mount(extras.registry()));
        this.server = new HttpServer(access, site);
    }

    private Pipeline running() {
        Pipeline running = pipeline;
        if (running == null) {
            throw Refusal.unavailable("the pipeline is starting; ask again in a moment");
        }
        return running;
    }

    private static LiveFigures live(WeirConfig config) {
        return new LiveFigures(
                config.windows(),
                config.timeZone(),
                config.duration("grace").toMillis(),
                MetricsSettings.order(config),
                LiveFigures.MOST_ROWS);
    }

    /** Begins to listen; {@link #start} starts the pipeline. */
    public static Instance listen(WeirConfig config, Extras extras) throws IOException {
        return listen(config, extras, new FiguresListener() {});
    }

    /** The same. @param observer is told of the figures, too */
    public static Instance listen(WeirConfig config, Extras extras, FiguresListener observer) throws IOException {
        Instance instance = new Instance(config, extras, observer);
        try {
            instance.server.start();
            return instance;
        } catch (IOException e) {
            instance.close();
            throw e;
        }
    }

    /**
     * Starts the pipeline, waiting for the cluster if need be.
     *
     * @param bootstrapServers where the cluster is, null for where the configuration says
     */
    public void start(@Nullable String bootstrapServers) throws InterruptedException {
        WeirConfig cluster =
                bootstrapServers == null ? config : config.with(Map.of(ConfigKeys.BOOTSTRAP_SERVERS, bootstrapServers));
        Pipeline started = Pipeline.start(
                cluster,
                extras.registry(),
                new Listeners(live, metrics.listener(), observer),
                HttpAccess.advertised(config, server.port()));
        metrics.observe(new PipelineVitals(started, config), started.streams());
        pipeline = started;
        lookout.start();
    }

    /** True while every partition that this instance owns is restored and read. */
    public boolean isReady() {
        Pipeline running = pipeline;
        return running != null && running.isReady();
    }

    /** Where the page is. */
    public URI uri() {
        return server.uri();
    }

    /**
     * Waits until the pipeline has stopped.
     *
     * @throws io.weir.app.pipeline.StartException if that was for a fault that starting again does not cure
     */
    public void awaitEnd() throws InterruptedException {
        Pipeline running = pipeline;
        if (running != null) {
            running.awaitEnd();
        }
    }

    /** Stops both; the pipeline commits first. May be called again. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        lookout.close();
        Pipeline running = pipeline;
        if (running != null) {
            running.close();
        }
        server.close();
        metrics.close();
    }

    private static @Nullable ApiMount mount(@Nullable EmbeddedSchemaRegistry registry) {
        return registry == null ? null : (method, path, body) -> answer(registry, method, path, body);
    }

    private static Reply answer(EmbeddedSchemaRegistry registry, String method, String path, byte[] body) {
        String text = body.length == 0 ? null : new String(body, StandardCharsets.UTF_8);
        EmbeddedSchemaRegistry.Response response = registry.handle(method, path, text);
        byte[] json = response.json().getBytes(StandardCharsets.UTF_8);
        return new Reply(response.status(), EmbeddedSchemaRegistry.CONTENT_TYPE, json);
    }
}
