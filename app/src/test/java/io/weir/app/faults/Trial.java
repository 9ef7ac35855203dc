package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.EventSink;
import io.weir.app.system.Application;
import io.weir.app.system.Child;
import io.weir.app.system.Events;
import io.weir.app.system.RunningWeir;
import io.weir.dose.Dose;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.topology.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Instances of an application that work while a test puts faults upon them, under traffic that does not stop for it; and
 * the judgement at the end.
 */
final class Trial implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** What container platforms are told that it takes at most. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private static final Duration WARM_UP = Duration.ofSeconds(30);

    /** Few enough, in event time, not to be late once they are read; enough for more than one batch. */
    private static final int ALWAYS_SOME = 5_000;

    private final Application weir;
    private final Traffic traffic;
    private final Path folder;
    private final Map<Integer, Child> running = new TreeMap<>();
    private final Map<Integer, Aim> aims = new TreeMap<>();
    private int starts;

    /** @param name of the application; no two trials on a broker may share one */
    Trial(String name, FragileBroker broker, Path folder, Map<String, String> more) throws Exception {
        Map<String, String> settings = new TreeMap<>(Map.of("stream.threads", "1", "grace", Traffic.GRACE.toString()));
        settings.putAll(more);
        this.folder = folder;
        this.weir = new Application(name, broker.bootstrapServers(), folder, settings);
        this.traffic = new Traffic(weir, Dose.SEED);
    }

    Application weir() {
        return weir;
    }

    /** Starts instances 1 to {@code instances}, then the traffic. */
    void begin(int instances) throws IOException {
        for (int instance = 1; instance <= instances; instance++) {
            start(instance);
        }
        beginTraffic();
    }

    /** Starts the traffic for instances that run already. */
    void beginTraffic() {
        traffic.open();
        awaitProgress();
        int first = traffic.published();
        traffic.begin();
        await().atMost(LONG).until(() -> traffic.published() > first);
        awaitProgress();
    }

    Child start(int instance) throws IOException {
        return start(instance, List.of());
    }

    /** The same, started by another command: {@link Child#start(Path, List, String...)}. */
    Child start(int instance, List<String> by) throws IOException {
        Path file = folder.resolve("aim-" + instance + "-" + starts++);
        aims.put(instance, Aim.in(file));
        Child child = weir.start(
                instance,
                by,
                Map.of(
                        "kafka.default.client.supplier",
                        PhasedClients.class.getName(),
                        "kafka.producer." + PhasedClients.AIM,
                        file.toString()));
        running.put(instance, child);
        return child;
    }

    Child instance(int instance) {
        return running.get(instance);
    }

    Aim aim(int instance) {
        return aims.get(instance);
    }

    void kill(int instance) throws InterruptedException {
        assertThat(instance(instance).isAlive())
                .as("dies of the kill only: %s", instance(instance))
                .isTrue();
        running.remove(instance).kill();
    }

    /** Ends an instance as an operator does; it has ended within {@link #STOPS_WITHIN}. */
    void stop(int instance) throws InterruptedException {
        Child child = running.remove(instance);
        child.terminate();
        assertThat(child.exitStatus(STOPS_WITHIN)).as("%s", child).isIn(0, 143);
    }

    /** Asks to forget those who come first before any of them does, so that each is forgotten only if it is read again. */
    void askToForgetWhoIsToCome() {
        String topic = weir.config().forgetTopic();
        List<String> visitors = traffic.firstVisitors();
        try (Admin admin = Admin.create(ClientSettings.admin(weir.config()))) {
            // The instance that has just been started makes it.
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> !admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .isEmpty());
            try (Producer<byte[], byte[]> producer = EventSink.producer(weir.config())) {
                for (String visitor : visitors) {
                    int partition = Events.partition(visitor, Application.PARTITIONS);
                    byte[] name = visitor.getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(topic, partition, null, name));
                }
            }
            String group = weir.config().applicationId();
            await().atMost(LONG).until(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                return committed.keySet().stream()
                                .filter(partition -> partition.topic().equals(topic))
                                .mapToLong(partition -> committed.get(partition).offset())
                                .sum()
                        >= visitors.size();
            });
        }
    }

    /** Lets the group begin at the first records again, of all that tasks read, while no instance runs. */
    void takeOffsetsBack() {
        List<String> topics = new ArrayList<>(EventSink.topics(weir.config()).values());
        topics.add(weir.config().forgetTopic());
        topics.add(weir.config().applicationId() + "-" + Names.PUBLICATIONS + "-repartition");
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < Application.PARTITIONS; partition++) {
                first.put(new TopicPartition(topic, partition), new OffsetAndMetadata(0));
            }
        }
        try (Admin admin = Admin.create(ClientSettings.admin(weir.config()))) {
            // Kafka refuses it until the instance that was stopped has left the group.
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> admin.alterConsumerGroupOffsets(weir.config().applicationId(), first)
                                    .all()
                                    .get());
        }
    }

    /** Waits until every instance is ready and they have read much of what was published up to now. */
    void awaitProgress() {
        long published = traffic.published();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> read() >= published
                        && running.values().stream()
                                .allMatch(child -> RunningWeir.of(child).status("health/ready") == 200));
    }

    /** Waits until this instance owns all partitions, restored and running. */
    void awaitOwnsAll(int instance) {
        RunningWeir weir = RunningWeir.of(instance(instance));
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() ->
                        weir.ownedPartitions() == 2 * Application.PARTITIONS && weir.status("health/ready") == 200);
    }

    /** Publishes these rows before the traffic begins; they are judged with it. */
    void publish(List<EventRow> rows) {
        traffic.send(rows);
    }

    /** How many events a second the instances take when there are always some to read; measured for so long. */
    int fullLoad(Duration measuredFor) {
        traffic.asFastAsCan(() -> unread() > ALWAYS_SOME);
        awaitMore(WARM_UP);
        long fromNs = System.nanoTime();
        long from = read();
        awaitMore(measuredFor);
        return (int) ((read() - from) * 1_000_000_000L / (System.nanoTime() - fromNs));
    }

    private static void awaitMore(Duration time) {
        await().pollDelay(time).atMost(time.plus(LONG)).until(() -> true);
    }

    /** Goes on with so many events a second. */
    void pace(int eventsASecond) {
        traffic.pace(eventsASecond);
    }

    /** How many published records no instance has read. */
    long unread() {
        return Math.max(0, traffic.published() - read());
    }

    private long read() {
        return running.values().stream()
                .mapToLong(child -> RunningWeir.of(child).read())
                .sum();
    }

    /** Ends the traffic, and judges every window and every record. */
    void judge() throws Exception {
        judge(OracleSettings.DEFAULT);
    }

    /** The same where other windows are configured. */
    void judge(OracleSettings settings) throws Exception {
        traffic.end();
        await().atMost(LONG).ignoreExceptions().until(() -> unread() == 0);
        long laterMs = traffic.makeFinal();
        weir.awaitFinal(laterMs - Duration.ofDays(1).toMillis(), LONG);
        Acceptance judged = Events.acceptedByPartition(
                traffic.arrivals(), Application.PARTITIONS, settings.withGrace(Traffic.GRACE));
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(ledger())
                        .as("read = accepted + duplicate + late + rejected, of each input, %s", this)
                        .isEqualTo(Traffic.ledger(judged)));
        assertThat(weir.windowsCsv())
                .as("windows, %s", this)
                .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, settings)));
        assertThat(origins(weir.config().lateTopic()))
                .as("late events, each once, %s", this)
                .isEqualTo(traffic.origins(judged.late()));
        assertThat(origins(weir.config().deadLetterTopic()))
                .as("dead letters, each once, %s", this)
                .isEqualTo(traffic.origins(judged.rejected()));
    }

    /** What all instances say has become of the records of each input. */
    private Map<String, Long> ledger() {
        Map<String, Long> sums = new TreeMap<>();
        for (Child child : running.values()) {
            RunningWeir.of(child).events().forEach((name, records) -> sums.merge(name, records, Long::sum));
        }
        return sums;
    }

    /** Where the records of this topic came from, sorted. */
    private List<String> origins(String topic) {
        return weir.read(topic).stream()
                .map(refused -> Traffic.origin(
                        header(refused, Names.TOPIC_HEADER),
                        Integer.parseInt(header(refused, Names.PARTITION_HEADER)),
                        Long.parseLong(header(refused, Names.OFFSET_HEADER))))
                .sorted()
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> refused, String name) {
        return new String(refused.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "seed " + Dose.SEED + ", " + traffic.published() + " events";
    }

    @Override
    public void close() throws InterruptedException {
        traffic.close();
        weir.close();
    }

    /** The instances that run. */
    List<Integer> instances() {
        return new ArrayList<>(running.keySet());
    }
}
