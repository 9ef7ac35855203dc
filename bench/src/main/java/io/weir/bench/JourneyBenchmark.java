package io.weir.bench;

import io.weir.domain.Contributions;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Rules;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** What it costs the domain core to take in an event, on hash maps: the journey alone, and with the window sums. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JourneyBenchmark {
    private static final int EVENTS = 100_000;

    private final Rules rules = Samples.rules();
    private final List<Event> events = new ArrayList<>(EVENTS);

    /** Sums in a hash map. */
    private static final class Sums implements WindowTotals.Tallies {
        private final Map<WindowKey, Tally> tallies = new HashMap<>();

        @Override
        public Tally toChange(WindowSize size, long startMs, DimensionKey key) {
            return tallies.computeIfAbsent(new WindowKey(size, startMs, key), none -> new Tally());
        }

        @Override
        public @Nullable Tally find(WindowKey key) {
            return tallies.get(key);
        }
    }

    @Setup
    public void generate() {
        Samples.workload(EVENTS).iterator().forEachRemaining(events::add);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long accept() {
        return takeAll(Samples.windowing(), Contributions.NOWHERE);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int acceptAndAddUp() {
        Windowing windowing = Samples.windowing();
        Sums sums = new Sums();
        takeAll(windowing, new WindowTotals(windowing, sums));
        check(sums);
        return sums.tallies.size();
    }

    private long takeAll(Windowing windowing, Contributions out) {
        Map<String, Journey> journeys = new HashMap<>();
        long streamTimeMs = Journey.NO_STREAM_TIME;
        for (Event event : events) {
            Journey journey = journeys.get(event.visitorId());
            if (journey == null) {
                journey = new Journey(rules, windowing);
                journeys.put(event.visitorId(), journey);
            }
            journey.assess(event, streamTimeMs);
            journey.accept(event, out);
            streamTimeMs = event.timeMs();
        }
        return streamTimeMs + journeys.size();
    }

    private static void check(Sums sums) {
        long counted = 0;
        for (Map.Entry<WindowKey, Tally> row : sums.tallies.entrySet()) {
            if (row.getKey().size() == WindowSize.DAY && row.getKey().key().equals(DimensionKey.TOTAL)) {
                Tally day = row.getValue();
                counted += day.get(Measure.CLICKS) + day.get(Measure.VISITS) + day.get(Measure.PAYMENTS);
            }
        }
        if (counted != EVENTS) {
            throw new IllegalStateException("counted " + counted + " of " + EVENTS + " events");
        }
    }
}
