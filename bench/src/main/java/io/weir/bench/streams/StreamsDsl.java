package io.weir.bench.streams;

import io.weir.bench.Claim;
import io.weir.bench.Engine;
import io.weir.bench.Job;
import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The Kafka Streams DSL: joins, {@code groupBy}, {@code windowedBy}, {@code aggregate}; see {@link DslTopology}. */
public final class StreamsDsl implements Engine {
    private static final long LOOK_EVERY_MS = 20;
    private static final long CACHE_BYTES = 64L << 20;

    @Override
    public String name() {
        return "streams-dsl";
    }

    @Override
    public String description() {
        return "Kafka Streams 4.3.1 DSL: table joins, windowed aggregates, RocksDB, 64 MB cache, exactly-once, 1 s commits";
    }

    @Override
    public Claim claim() {
        return new Claim(
                EnumSet.allOf(Measure.class),
                EnumSet.allOf(Dimension.class),
                "right only while each visitor's events are read in time order: nothing is taken back; duplicates count;"
                        + " days are UTC's; no revisions, no final rows");
    }

    /** Closing it commits what is still in the caches. */
    @Override
    public void process(Job job) throws Exception {
        DslTopology topology = new DslTopology(job);
        try (KafkaStreams streams = new KafkaStreams(topology.build(), settings(job))) {
            streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
            streams.start();
            while (!topology.isDone()) {
                if (!streams.state().isRunningOrRebalancing() && streams.state() != KafkaStreams.State.CREATED) {
                    throw new IllegalStateException("Kafka Streams has ended by itself: " + streams.state());
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
            if (!streams.close(Duration.ofMinutes(5))) {
                throw new IllegalStateException("Kafka Streams does not close");
            }
        }
    }

    private static Properties settings(Job job) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, job.runId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, job.threads());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, job.stateFolder().toString());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return settings;
    }
}
