package io.weir.bench;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.demo.TrafficPublisher;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** One broker in a process of its own, a schema registry, and the inputs, published once for all engines. */
final class Arena implements AutoCloseable {
    private static final int BROKER = 1;
    private static final long LOOK_EVERY_MS = 20;
    private static final String INPUT_PREFIX = "bench.";

    private final Workload workload;
    private final BrokerProcess broker;
    private final RegistryServer registry;
    private final Admin admin;

    private Arena(Workload workload, BrokerProcess broker, RegistryServer registry) {
        this.workload = workload;
        this.broker = broker;
        this.registry = registry;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** Starts it all and publishes the workload. @param folder for the broker's data */
    static Arena open(Path folder, Workload workload) throws IOException, InterruptedException {
        BrokerProcess broker = BrokerProcess.start(folder);
        Arena arena = new Arena(workload, broker, RegistryServer.start());
        try {
            arena.publish();
            return arena;
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    String registryUrl() {
        return registry.url();
    }

    Map<EventType, String> inputTopics() {
        Map<EventType, String> topics = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            topics.put(input, INPUT_PREFIX + input.plural());
        }
        return topics;
    }

    /** Processor time that the broker has taken since its start. */
    long brokerCpuNs() {
        return ProcessHandle.of(broker.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the broker has ended; what it said stands above"))
                .toNanos();
    }

    private void publish() throws InterruptedException {
        for (String topic : inputTopics().values()) {
            create(topic);
        }
        Job toPublish = new JobTemplate(workload, this, 1).job("bench-publisher", Path.of("unused"));
        try (TrafficPublisher publisher = new TrafficPublisher(toPublish.config(), registry.registry())) {
            for (Iterator<Event> events = workload.iterator(); events.hasNext(); ) {
                publisher.accept(events.next());
            }
        }
        long published = published();
        if (published != workload.events()) {
            throw new BenchException("only " + published + " of " + workload.events()
                    + " events could be published; is there room on the disk? The broker's words stand above");
        }
    }

    private long published() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        for (String topic : inputTopics().values()) {
            for (int partition = 0; partition < workload.partitions(); partition++) {
                question.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        try {
            return admin.listOffsets(question).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new BenchException("the broker does not say where the inputs end: " + e.getCause(), e);
        }
    }

    /** Creates a topic with as many partitions as the inputs and waits until it can be written to. */
    void create(String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> leaders = new HashMap<>();
        for (int partition = 0; partition < workload.partitions(); partition++) {
            leaders.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try {
            admin.createTopics(List.of(new NewTopic(topic, workload.partitions(), (short) 1)))
                    .all()
                    .get();
            while (!haveLeaders(leaders)) {
                Thread.sleep(LOOK_EVERY_MS);
            }
        } catch (ExecutionException e) {
            throw new BenchException("the topic " + topic + " cannot be created: " + e.getCause(), e);
        }
    }

    /** Brokers tell of a new topic before they have its logs. */
    private boolean haveLeaders(Map<TopicPartition, OffsetSpec> partitions)
            throws InterruptedException, ExecutionException {
        try {
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes the topics that an engine has made. */
    void deleteTopicsOf(String runId) throws InterruptedException {
        try {
            Collection<String> topics =
                    new ArrayList<>(admin.listTopics().names().get());
            topics.removeIf(topic -> !topic.startsWith(runId));
            admin.deleteTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new BenchException("the topics of " + runId + " cannot be deleted: " + e.getCause(), e);
        }
    }

    /** Bytes in the logs of the inputs. */
    long inputBytes() throws InterruptedException {
        long bytes = 0;
        for (Map.Entry<TopicPartition, Long> log : logSizes().entrySet()) {
            if (isInput(log.getKey().topic())) {
                bytes += log.getValue();
            }
        }
        return bytes;
    }

    static boolean isInput(String topic) {
        return topic.startsWith(INPUT_PREFIX);
    }

    /** Bytes in every log of the broker, Kafka's own topics included. */
    Map<TopicPartition, Long> logSizes() throws InterruptedException {
        Map<TopicPartition, Long> sizes = new HashMap<>();
        try {
            for (Map<String, LogDirDescription> folders : admin.describeLogDirs(List.of(BROKER))
                    .allDescriptions()
                    .get()
                    .values()) {
                for (LogDirDescription folder : folders.values()) {
                    folder.replicaInfos().forEach((partition, log) -> sizes.put(partition, log.size()));
                }
            }
        } catch (ExecutionException e) {
            throw new BenchException("the broker does not say how large its logs are: " + e.getCause(), e);
        }
        return sizes;
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        broker.close();
    }
}
