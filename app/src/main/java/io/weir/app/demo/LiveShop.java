package io.weir.app.demo;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Topics;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.admin.Admin;

/** The traffic of a shop that does not exist, published to an existing cluster as if it happened now. */
public final class LiveShop implements AutoCloseable {
    /** Events that are overdue by more are left out, so that a pause does not become a burst of late events. */
    private static final Duration GREATEST_LAG = Duration.ofSeconds(30);

    private final TrafficPublisher publisher;
    private final LiveTraffic traffic;

    private LiveShop(WeirConfig config, ShopTraffic shop) {
        publisher = new TrafficPublisher(config, null);
        traffic = new LiveTraffic(shop, publisher, InstantSource.system(), GREATEST_LAG);
    }

    /**
     * Creates the topics that are missing, waiting for the cluster if need be, and begins to publish.
     *
     * @param config says where the cluster and the schema registry are
     * @throws io.weir.app.pipeline.StartException if the topics do not fit together
     */
    public static LiveShop open(WeirConfig config, ShopTraffic shop) throws InterruptedException {
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            new Topics(config, admin).prepare();
        }
        LiveShop live = new LiveShop(config, shop);
        live.traffic.start();
        return live;
    }

    /** Events published so far. */
    public long published() {
        return traffic.published();
    }

    /** Waits until it is closed, or can publish no more; the log says why. */
    public void awaitEnd() throws InterruptedException {
        traffic.awaitEnd();
    }

    /** Publishes what is on its way, and no more. May be called again. */
    @Override
    public void close() {
        traffic.close();
        publisher.close();
    }
}
