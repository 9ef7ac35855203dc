package io.weir.app.demo;

import io.weir.app.Instance;
import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.TemporaryFolder;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole shop on one machine: a broker of its own, the pipeline, generated traffic and the page. */
public final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    /** Events that became due while everything started are published at once; older ones are left out. */
    private static final Duration GREATEST_LAG = Duration.ofSeconds(30);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Object closing = new Object();
    private boolean closed;
    private final Instance instance;
    private final BrokerProcess broker;

    private Demo(WeirConfig config, ShopTraffic shop, String notice) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "weir-shutdown"));
        try {
            EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
            CompletableFuture<BrokerProcess> starting;
            WeirConfig own;
            synchronized (closing) {
                checkOpen();
                TemporaryFolder folder = closing(new TemporaryFolder());
                starting = CompletableFuture.supplyAsync(() -> startBroker(folder.resolve("kafka")));
                closing(() -> starting.thenAccept(BrokerProcess::close).join());
                own = config.with(Map.of(
                        ConfigKeys.STATE_DIR, folder.resolve("state").toString(), "topic.replication.factor", "1"));
                instance = closing(Instance.listen(own, new Instance.Extras(registry, true, notice)));
            }
            broker = started(starting);
            synchronized (closing) {
                checkOpen();
                instance.start(broker.bootstrapServers());
                WeirConfig cluster = own.with(Map.of(ConfigKeys.BOOTSTRAP_SERVERS, broker.bootstrapServers()));
                TrafficPublisher publisher = closing(new TrafficPublisher(cluster, registry));
                closing(new LiveTraffic(shop, publisher, InstantSource.system(), GREATEST_LAG))
                        .start();
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything; returns when the traffic flows. When the program is told to end, also before that, everything
     * stops.
     *
     * @param notice what the page says about the traffic
     * @throws IOException if the port is taken or the broker does not start
     */
    public static Demo start(WeirConfig config, ShopTraffic shop, String notice)
            throws IOException, InterruptedException {
        return new Demo(config, shop, notice);
    }

    private void checkOpen() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("stopped while it was starting");
        }
    }

    private static BrokerProcess startBroker(Path folder) {
        try {
            return BrokerProcess.start(folder);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static BrokerProcess started(CompletableFuture<BrokerProcess> starting) throws IOException {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }

    /** Where the page is. */
    public URI uri() {
        return instance.uri();
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** True while every partition is restored and read. */
    public boolean isReady() {
        return instance.isReady();
    }

    /** Waits until the pipeline has stopped. */
    public void awaitEnd() throws InterruptedException {
        instance.awaitEnd();
    }

    /**
     * Stops everything, the last part first, and removes its data. May be called again, and by another thread, which
     * waits until all is done: a part may only go when those that use it are gone.
     */
    @Override
    public void close() {
        synchronized (closing) {
            closed = true;
            while (true) {
                AutoCloseable last;
                synchronized (parts) {
                    last = parts.poll();
                }
                if (last == null) {
                    return;
                }
                closeQuietly(last);
            }
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("a part of the demo did not stop: {}", e.toString());
        }
    }
}
