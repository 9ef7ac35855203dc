package io.weir.bench.jet;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.core.Vertex;
import com.hazelcast.jet.core.WatermarkPolicy;
import com.hazelcast.jet.kafka.KafkaProcessors;
import io.weir.bench.Engine;
import io.weir.bench.Job;
import io.weir.bench.Stopwatch;
import io.weir.bench.core.Arrival;
import io.weir.bench.core.JobText;
import io.weir.domain.EventType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Weir's domain core on Hazelcast Jet, one member without a network: a snapshot every second, exactly once, the results
 * written in Kafka transactions that end with the snapshot. The job ends by a last snapshot when all has been added up.
 */
public final class JetEngine implements Engine {
    private static final long LOOK_EVERY_MS = 20;

    /** How far event time moves on from watermark to watermark. */
    private static final long WATERMARK_EVERY_MS = 1_000;

    @Override
    public String name() {
        return "jet";
    }

    @Override
    public String description() {
        return "Hazelcast Jet 5.6.0, the same domain core, state on the heap, 1 s snapshots, exactly-once sink";
    }

    @Override
    public void process(Job job) throws Exception {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(settings(job));
        try {
            JobConfig config = new JobConfig()
                    .setName(job.runId())
                    .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                    .setSnapshotIntervalMillis(1_000);
            com.hazelcast.jet.Job running = member.getJet().newJob(dag(job), config);
            Progress progress = Progress.of(job.runId());
            await(running, () -> progress.isDone(job.events()));
            // Suspending takes a snapshot, and with it the last transactions are committed.
            running.suspend();
            await(running, () -> running.getStatus() == JobStatus.SUSPENDED);
            Stopwatch.allCommitted();
            running.cancel();
        } finally {
            member.shutdown();
        }
    }

    /** What is awaited. */
    private interface Condition {
        boolean holds();
    }

    private static void await(com.hazelcast.jet.Job running, Condition condition) throws Exception {
        while (!condition.holds()) {
            if (running.getStatus().isTerminal()) {
                running.join();
                throw new IllegalStateException("the job has ended by itself");
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private static Config settings(Job job) {
        Config config = new Config();
        config.setClusterName(job.runId());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(job.threads());
        return config;
    }

    private static DAG dag(Job job) {
        JobText text = JobText.of(job);
        Map<String, EventType> inputs = new HashMap<>(job.inputs());
        EventTimePolicy<Arrival> eventTime = EventTimePolicy.eventTimePolicy(
                null, (arrival, timeMs) -> arrival, WatermarkPolicy.limitingLag(0), WATERMARK_EVERY_MS, 0, 0);
        DAG dag = new DAG();
        Vertex read = dag.newVertex(
                        "read-events",
                        KafkaProcessors.<byte[], byte[], Arrival>streamKafkaP(
                                source(job),
                                message -> {
                                    Stopwatch.recordRead();
                                    return Arrival.of(Objects.requireNonNull(inputs.get(message.topic())), message);
                                },
                                eventTime,
                                inputs.keySet().toArray(new String[0])))
                .localParallelism(job.threads());
        Vertex journeys =
                dag.newVertex("journeys", () -> new JourneysProcessor(text)).localParallelism(job.threads());
        Vertex totals = dag.newVertex("totals", () -> new TotalsProcessor(text)).localParallelism(job.threads());
        String output = job.outputTopic();
        Vertex write = dag.newVertex(
                        "write-windows",
                        KafkaProcessors.<Map.Entry<byte[], byte[]>, byte[], byte[]>writeKafkaP(
                                sink(job), row -> new ProducerRecord<>(output, row.getKey(), row.getValue()), true))
                .localParallelism(job.threads());
        return dag.edge(Edge.between(read, journeys).partitioned(Arrival::visitorId))
                .edge(Edge.between(journeys, totals).partitioned(PartialSums::key))
                .edge(Edge.between(totals, write).isolated());
    }

    private static Properties source(Job job) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return settings;
    }

    private static Properties sink(Job job) {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "50");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "600000");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return settings;
    }
}
