package io.weir.bench;

import io.weir.app.Instance;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Coverage;
import io.weir.domain.EventType;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/** Weir as {@code ./weir run} starts it, with its server, scraped once a second. */
final class WeirEngine implements Engine {
    static final String MANY_SERIES = "weir-many-series";

    private static final long LOOK_EVERY_MS = 10;

    private final String name;
    private final String guarantee;
    private final String description;
    private final Map<String, String> settings;

    private WeirEngine(String name, String guarantee, String description, Map<String, String> settings) {
        this.name = name;
        this.guarantee = guarantee;
        this.description = description;
        this.settings = settings;
    }

    static WeirEngine exactlyOnce() {
        return new WeirEngine(
                Race.WEIR,
                StreamsConfig.EXACTLY_ONCE_V2,
                "Weir as ./weir run starts it: exactly-once, 1 s commits, rolling windows, server and metrics",
                Map.of());
    }

    static WeirEngine atLeastOnce() {
        return new WeirEngine(
                "weir-at-least-once",
                StreamsConfig.AT_LEAST_ONCE,
                "the same with processing.guarantee=at_least_once",
                Map.of());
    }

    /** As many keys have series of their own as the settings allow. */
    static WeirEngine manySeries() {
        return new WeirEngine(
                MANY_SERIES,
                StreamsConfig.EXACTLY_ONCE_V2,
                "Weir with as many series in /metrics as the settings allow, which is read once a second",
                Map.of(
                        ConfigKeys.METRICS_PRODUCTS, "2000",
                        ConfigKeys.METRICS_SOURCES, "500",
                        ConfigKeys.METRICS_PRODUCT_SOURCES, "2000",
                        ConfigKeys.METRICS_CAMPAIGNS, "1000"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    /** It ends when every totals partition holds everything, and closing it has committed that. */
    @Override
    public void process(Job job) throws Exception {
        WeirConfig config = job.config()
                .with(settings)
                .with(Map.of(
                        "processing.guarantee",
                        guarantee,
                        "kafka." + StreamsConfig.mainConsumerPrefix("interceptor.classes"),
                        FirstRecord.class.getName()));
        Map<EventType, long[]> ends = ends(job);
        Coverage coverage = new Coverage();
        try (Instance instance = Instance.listen(config, Instance.Extras.NONE, coverage)) {
            Files.writeString(job.metricsAddress(), instance.uri() + "metrics");
            instance.start(null);
            while (!coverage.reaches(ends)) {
                Thread.sleep(LOOK_EVERY_MS);
            }
        }
    }

    private static Map<EventType, long[]> ends(Job job) throws InterruptedException {
        Map<EventType, long[]> ends = new EnumMap<>(EventType.class);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", job.bootstrapServers()))) {
            for (EventType input : EventType.values()) {
                Map<TopicPartition, OffsetSpec> question = new HashMap<>();
                for (int partition = 0; partition < job.partitions(); partition++) {
                    question.put(new TopicPartition(job.topic(input), partition), OffsetSpec.latest());
                }
                long[] byPartition = new long[job.partitions()];
                admin.listOffsets(question)
                        .all()
                        .get()
                        .forEach((partition, end) -> byPartition[partition.partition()] = end.offset());
                ends.put(input, byPartition);
            }
        } catch (ExecutionException e) {
            throw new BenchException("the broker does not say where the inputs end: " + e.getCause(), e);
        }
        return ends;
    }
}
