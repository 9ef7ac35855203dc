package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Codec;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.TopicPolicy;
import io.weir.app.pipeline.Topics;
import io.weir.app.pipeline.WindowsReader;
import io.weir.app.replay.results.WindowsCsv;
import io.weir.domain.EventType;
import io.weir.oracle.EventRow;
import io.weir.topology.WindowRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;

/** One application with topics of its own on the shared broker: instances that come and go, and what goes in and out. */
public final class Application implements AutoCloseable {
    public static final int PARTITIONS = 4;

    /** How far, in event time, one topic may run ahead of another: a tenth of grace, as the replay does it. */
    private static final long SPREAD_MS = 60_000;

    private final Path folder;
    private final RegistryServer registry = new RegistryServer();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final WeirConfig config;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final Deque<Child> processes = new ArrayDeque<>();
    private long sliceEndMs = Long.MIN_VALUE;

    /** Creates the topics. */
    Application(String name, BrokerProcess broker, Path folder, Map<String, String> more) throws Exception {
        this(name, broker.bootstrapServers(), folder, more);
    }

    /** The same at a broker that is named by its address; creates those topics that are missing. */
    public Application(String name, String bootstrapServers, Path folder, Map<String, String> more) throws Exception {
        this.folder = folder;
        settings.putAll(settings(name));
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", registry.url());
        settings.putAll(more);
        config = WeirConfig.of(settings);
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            assertThat(new Topics(config, admin).prepare().inputPartitions())
                    .isEqualTo(config.number("topic.partitions"));
        }
        Map<String, String> patient = new HashMap<>(settings);
        // Longer than a broker that was killed takes to come back on a busy machine.
        patient.put("kafka.max.block.ms", "300000");
        producer = EventSink.producer(WeirConfig.of(patient));
        serializer = new Codec(config, registry.registry()).serializer();
    }

    /** The settings that all instances have, as a command line gives them. */
    public List<String> asOptions() {
        List<String> options = new ArrayList<>();
        settings.forEach((key, value) -> options.addAll(List.of("--set", key + "=" + value)));
        return options;
    }

    /** The settings of every application of this name, without where the cluster is. */
    static Map<String, String> settings(String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("application.id", name);
        for (String topic : List.of(
                "clicks", "visits", "payments", "windows", "late.events", "dead.letters", "forget", "retries")) {
            settings.put("topic." + topic, name + "." + topic.replace('.', '-'));
        }
        settings.put("topic.partitions", Integer.toString(PARTITIONS));
        settings.put("topic.retention", "P36500D");
        settings.put("publish.interval", "PT0.2S");
        return settings;
    }

    public WeirConfig config() {
        return config;
    }

    RegistryServer registry() {
        return registry;
    }

    public Path stateDir(int instance) {
        return folder.resolve("state-" + instance);
    }

    /** Starts an instance in a process of its own. */
    public Child start(int instance) throws IOException {
        return start(instance, Map.of());
    }

    /** The same with settings of its own. */
    public Child start(int instance, Map<String, String> more) throws IOException {
        return start(instance, List.of(), more);
    }

    /** The same, started by another command: {@link Child#start(Path, List, String...)}. */
    public Child start(int instance, List<String> by, Map<String, String> more) throws IOException {
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", stateDir(instance).toString());
        own.put("http.port", "0");
        // With two events in three seconds nobody needs to wait as long as a busy cluster would.
        own.put("kafka.commit.interval.ms", "200");
        own.put("kafka.consumer.session.timeout.ms", "6000");
        own.put("kafka.consumer.heartbeat.interval.ms", "1000");
        own.put("kafka.producer.transaction.timeout.ms", "5000");
        own.putAll(more);
        return launch(by, List.of("run"), own);
    }

    /** Starts generated traffic in a process of its own. */
    Child generate(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("generate", "--live"));
        arguments.addAll(List.of(options));
        return launch(List.of(), arguments, settings);
    }

    private Child launch(List<String> by, List<String> command, Map<String, String> with) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        with.forEach((key, value) -> {
            arguments.add("--set");
            arguments.add(key + "=" + value);
        });
        Child child = Child.start(folder, by, arguments.toArray(String[]::new));
        processes.push(child);
        return child;
    }

    /** Publishes rows that are in time order, no topic much ahead of another; returns when all are acknowledged. */
    public void publish(List<EventRow> rows) {
        publish(rows, (row, where) -> {});
    }

    /** The same. @param acknowledged is told where each row stands, on a thread of the producer's, before the return */
    public void publish(List<EventRow> rows, BiConsumer<EventRow, RecordMetadata> acknowledged) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (EventRow row : rows) {
            if (row.timeMs() >= sliceEndMs) {
                producer.flush();
                sliceEndMs = row.timeMs() + SPREAD_MS;
            }
            byte[] key = row.visitorId().getBytes(StandardCharsets.UTF_8);
            producer.send(
                    new ProducerRecord<>(config.topic(Events.typeOf(row)), null, row.timeMs(), key, bytes(row)),
                    (where, failed) -> {
                        if (failed == null) {
                            acknowledged.accept(row, where);
                        } else {
                            failure.set(failed);
                        }
                    });
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("not all rows were published", failure.get());
        }
    }

    /** One event for each partition, so much later that, once read, all windows before are final. */
    public List<EventRow> closing(long timeMs) {
        List<EventRow> closing = new ArrayList<>();
        for (int visitor = 0; closing.size() < PARTITIONS; visitor++) {
            String visitorId = "closing-" + visitor;
            if (Events.partition(visitorId, PARTITIONS) == closing.size()) {
                closing.add(EventRow.visit("closing", visitorId, "mug", null, null, null, timeMs + closing.size()));
            }
        }
        return closing;
    }

    /** The row in the wire format. */
    public byte[] bytes(EventRow row) {
        return serializer.serialize(config.topic(Events.typeOf(row)), Events.message(row));
    }

    /** The last committed revision of every row, as a consumer of the windows topic sees it. */
    public Collection<WindowRow> windows() {
        return WindowsReader.readToEnd(config, registry.registry());
    }

    /** The same as the text of a {@code windows.csv}. */
    public String windowsCsv() throws IOException {
        Path file = folder.resolve("windows.csv");
        WindowsCsv.write(file, windows());
        return Files.readString(file);
    }

    /** Waits until all rows of windows that start before this are final: nothing can change them any more. */
    public void awaitFinal(long beforeMs, Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(500)).until(() -> {
            Collection<WindowRow> rows = windows();
            return rows.stream().anyMatch(row -> row.startMs() >= beforeMs)
                    && rows.stream().filter(row -> row.startMs() < beforeMs).allMatch(WindowRow::isFinal);
        });
    }

    /** All committed records of a topic. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = ends(consumer, topic);
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** How many records of this input the broker has. */
    public long appended(EventType input) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return ends(consumer, config.topic(input)).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> consumerSettings = new HashMap<>(config.kafka());
        consumerSettings.put("isolation.level", "read_committed");
        consumerSettings.put("max.partition.fetch.bytes", 16 << 20);
        return new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<TopicPartition, Long> ends(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.endOffsets(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
    }

    /** Fails unless the broker keeps of this topic what its policy says. */
    void assertKeptAsDeclared(TopicPolicy policy) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, policy.topic());
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            Config kept = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            policy.configs()
                    .forEach((name, value) -> assertThat(kept.get(name))
                            .as("%s of %s", name, policy.topic())
                            .extracting(ConfigEntry::value)
                            .isEqualTo(value));
        }
    }

    /** Ends all processes by force, and lets go of the rest. The topics stay until the broker ends. */
    @Override
    public void close() throws InterruptedException {
        for (Child process : processes) {
            process.close();
        }
        producer.close(Duration.ZERO);
        registry.close();
    }
}
