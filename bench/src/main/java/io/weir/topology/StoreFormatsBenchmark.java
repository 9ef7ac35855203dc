package io.weir.topology;

import io.weir.bench.Samples;
import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Contributions;
import io.weir.domain.Event;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Rules;
import io.weir.domain.SeenBefore;
import io.weir.domain.Windowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write and read what the stores hold: visitors' journeys, and rows of totals of four partitions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoreFormatsBenchmark {
    private static final int VALUES = 2_000;
    private static final int PARTITIONS = 4;

    private final Rules rules = Samples.rules();
    private final Windowing windowing = Samples.windowing();
    private final List<Journey> journeys = new ArrayList<>();
    private final List<byte[]> storedJourneys = new ArrayList<>();
    private final List<TotalRow> rows = new ArrayList<>();
    private final List<byte[]> storedRows = new ArrayList<>();

    @Setup
    public void fill() {
        Map<String, Journey> byVisitor = new HashMap<>();
        long streamTimeMs = Journey.NO_STREAM_TIME;
        for (Iterator<Event> events = Samples.workload(20L * VALUES).iterator(); events.hasNext(); ) {
            Event event = events.next();
            Journey journey = byVisitor.computeIfAbsent(event.visitorId(), none -> new Journey(rules, windowing));
            journey.assess(event, streamTimeMs);
            journey.accept(event, Contributions.NOWHERE);
            streamTimeMs = event.timeMs();
        }
        byVisitor.values().stream().limit(VALUES).forEach(journeys::add);
        journeys.forEach(journey -> storedJourneys.add(journey.toBytes()));
        for (int i = 0; i < VALUES; i++) {
            rows.add(row(i));
            storedRows.add(bytes(rows.get(i)));
        }
    }

    private static TotalRow row(long seed) {
        TotalRow row = new TotalRow();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long[] values = new long[Measure.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.floorMod(seed * 7_919 + partition * 31L + i * 104_729L, 5_000);
            }
            row.replace(partition, Measures.of(values), new SeenBefore(), new SeenBefore());
        }
        return row;
    }

    private static byte[] bytes(TotalRow row) {
        BinaryWriter out = new BinaryWriter();
        row.write(out);
        return out.toByteArray();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long writeJourney() {
        long bytes = 0;
        for (Journey journey : journeys) {
            bytes += journey.toBytes().length;
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readJourney() {
        long timesMs = 0;
        for (byte[] bytes : storedJourneys) {
            timesMs += Journey.fromBytes("v", bytes, rules, windowing).lastTimeMs();
        }
        return timesMs;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long writeTotalRow() {
        long bytes = 0;
        for (TotalRow row : rows) {
            bytes += bytes(row).length;
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readTotalRow() {
        long revisions = 0;
        for (byte[] bytes : storedRows) {
            revisions += TotalRow.read(new BinaryReader(bytes)).revision();
        }
        return revisions;
    }
}
