package io.weir.bench.flink;

import io.weir.bench.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster inside this JVM, the same for every engine with Flink. */
final class FlinkCluster {
    /**
     * Flink's RocksDB and that of Kafka Streams are the same classes in different versions. Flink's exactly-once sink
     * reaches into the producer of the Kafka version that it was built with.
     */
    static final List<String> JARS_LEFT_OUT = List.of("rocksdbjni-", "kafka-clients-");

    static final List<String> OWN_JARS = List.of("flink");

    private FlinkCluster() {}

    /** An environment with a checkpoint every second; exactly once, objects are reused, and Kryo is an error. */
    static StreamExecutionEnvironment start(Job job, StateKind state) {
        Path folder = job.stateFolder().toAbsolutePath();
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, state.backend());
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        // RocksDB's fails now and then while a short job starts; the next one a second later does what it would have
        // done.
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        settings.set(RocksDBOptions.LOCAL_DIRECTORIES, folder.resolve("rocksdb").toString());
        // Timers are few and asked for all the time; Flink's manual advises the heap for them where they fit.
        settings.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.HEAP);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(50));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return StreamExecutionEnvironment.createLocalEnvironment(job.threads(), settings);
    }
}
