package io.weir.bench.flink;

import io.weir.bench.Engine;
import io.weir.bench.Job;
import io.weir.bench.core.Arrival;
import io.weir.bench.core.JobText;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Weir's domain core on Flink's DataStream API in a local cluster: a checkpoint every second, exactly once, the results
 * written in Kafka transactions that end with the checkpoint.
 *
 * <p>The inputs end at the offsets that they have at the start, so the job ends by itself, with a last checkpoint.
 */
public final class FlinkDataStream implements Engine {
    private final StateKind state;

    public FlinkDataStream(StateKind state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "flink-" + state.label();
    }

    @Override
    public String description() {
        return "Flink 2.2.1 DataStream, the same domain core, " + state.description()
                + ", 1 s checkpoints, exactly-once sink";
    }

    @Override
    public List<String> jarsLeftOut() {
        return FlinkCluster.JARS_LEFT_OUT;
    }

    @Override
    public List<String> ownJars() {
        return FlinkCluster.OWN_JARS;
    }

    @Override
    public void process(Job job) throws Exception {
        try (StreamExecutionEnvironment flink = FlinkCluster.start(job, state)) {
            JobText text = JobText.of(job);
            boolean onHeap = state == StateKind.HEAP;
            DataStream<Tuple2<byte[], byte[]>> rows = flink.fromSource(
                            KafkaEnds.source(job), WatermarkStrategy.<Arrival>forMonotonousTimestamps(), "read-events")
                    .keyBy(Arrival::visitorId, Types.STRING)
                    .transform("journeys", FlinkTypes.PARTIAL_SUMS, new JourneysOperator(text, onHeap))
                    .keyBy(PartialSums::window, FlinkTypes.WINDOWS)
                    .transform("totals", FlinkTypes.ROWS, new TotalsOperator(text, onHeap));
            rows.sinkTo(KafkaEnds.sink(job)).name("write-windows");
            flink.execute(job.runId());
        }
    }
}
