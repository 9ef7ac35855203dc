package io.weir.bench.flink;

import io.weir.bench.Claim;
import io.weir.bench.Engine;
import io.weir.bench.Job;
import io.weir.bench.core.Arrival;
import io.weir.bench.core.JobText;
import io.weir.domain.Dimension;
import io.weir.domain.EventType;
import io.weir.domain.Measure;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * What an analyst would write for the same tables: {@code windows.sql}, with versioned tables, temporal joins and
 * windowing functions, planned and run by Flink. The tables are filled by Weir's reader, which is faster than Flink's
 * Avro format.
 */
public final class FlinkSql implements Engine {
    private static final String SCRIPT = "windows.sql";

    @Override
    public String name() {
        return "flink-sql";
    }

    @Override
    public String description() {
        return "Flink 2.2.1 SQL: versioned tables, temporal joins, windowing functions, " + StateKind.HEAP.description()
                + ", 1 s checkpoints, exactly-once sink";
    }

    @Override
    public Claim claim() {
        return new Claim(
                EnumSet.allOf(Measure.class),
                EnumSet.allOf(Dimension.class),
                "a window is told once, when the watermark passes its end: nothing before, no late event, nothing taken"
                        + " back; duplicates count; within a millisecond any order; days are UTC's");
    }

    @Override
    public List<String> jarsLeftOut() {
        List<String> leftOut = new ArrayList<>(FlinkCluster.JARS_LEFT_OUT);
        // Flink's planner is compiled with 2.12, Kafka's broker with 2.13.
        leftOut.add("scala-");
        return leftOut;
    }

    @Override
    public List<String> ownJars() {
        List<String> own = new ArrayList<>(FlinkCluster.OWN_JARS);
        own.add("flink-sql");
        return own;
    }

    @Override
    public void process(Job job) throws Exception {
        try (StreamExecutionEnvironment flink = FlinkCluster.start(job, StateKind.HEAP)) {
            StreamTableEnvironment tables = StreamTableEnvironment.create(flink);
            tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
            for (EventType input : EventType.values()) {
                tables.createTemporaryView(input.plural(), events(input, flink, job), schema());
            }
            Table windows = tables.sqlQuery(prepare(tables, job));
            tables.toDataStream(windows)
                    .flatMap(new SqlResults(JobText.of(job)))
                    .returns(FlinkTypes.ROWS)
                    .sinkTo(KafkaEnds.sink(job))
                    .name("write-windows");
            flink.execute(job.runId());
        }
    }

    private static DataStream<Row> events(EventType input, StreamExecutionEnvironment flink, Job job) {
        return flink.fromSource(
                        KafkaEnds.source(job, input),
                        WatermarkStrategy.<Arrival>forMonotonousTimestamps(),
                        "read-" + input.plural())
                .flatMap(new SqlEvents(input, JobText.of(job)))
                .returns(SqlEvents.columns(input));
    }

    /** The event's own columns, and its record's timestamp as time attribute. */
    private static Schema schema() {
        return Schema.newBuilder()
                .columnByMetadata("event_time", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                .watermark("event_time", "SOURCE_WATERMARK()")
                .build();
    }

    /** Creates the views, and returns the query. */
    private static String prepare(StreamTableEnvironment tables, Job job) throws IOException {
        List<String> statements = statements(job);
        int last = statements.size() - 1;
        statements.subList(0, last).forEach(tables::executeSql);
        List<String> sizes = new ArrayList<>();
        for (WindowSize size : Job.SETTINGS.windows()) {
            sizes.add(statements.get(last).replace("{label}", size.label()).replace("{length}", length(size)));
        }
        return String.join("\nUNION ALL\n", sizes);
    }

    private static List<String> statements(Job job) throws IOException {
        try (InputStream script = FlinkSql.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IOException(SCRIPT + " is no part of this build");
            }
            String filled = new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{landing_ms}", Long.toString(job.rules().landingWindowMs()))
                    .replace("{attribution_ms}", Long.toString(job.rules().attributionWindowMs()));
            return List.of(filled.split(";\\s*\n"));
        }
    }

    /** An interval; SQL's windows have no calendar. */
    private static String length(WindowSize size) {
        return switch (size) {
            case MINUTE -> "'1' MINUTE";
            case HOUR -> "'1' HOUR";
            case DAY -> "'1' DAY";
        };
    }
}
