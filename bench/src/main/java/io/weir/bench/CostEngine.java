package io.weir.bench;

import io.weir.app.replay.results.WindowsCsv;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Journey;
import io.weir.domain.Outcome;
import io.weir.domain.Rules;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import io.weir.serde.EventReader;
import io.weir.topology.WindowRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a distributed engine has to beat: the same domain core on one thread, in plain hash maps. It reads one partition
 * after the other, its three topics merged by timestamp. Nothing is stored, published, or survives a crash.
 *
 * <p>After F. McSherry, M. Isard, D. Murray, "Scalability! But at what COST?", HotOS 2015.
 */
final class CostEngine implements Engine, WindowTotals.Tallies {
    private final Map<WindowKey, Tally> tallies = new HashMap<>();

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public String description() {
        return "COST: one thread, hash maps, the same domain core, nothing stored or published";
    }

    @Override
    public Tally toChange(WindowSize size, long startMs, DimensionKey key) {
        return tallies.computeIfAbsent(new WindowKey(size, startMs, key), none -> new Tally());
    }

    @Override
    public @Nullable Tally find(WindowKey key) {
        return tallies.get(key);
    }

    @Override
    public void process(Job job) throws Exception {
        tallies.clear();
        long accepted = 0;
        for (int partition = 0; partition < job.partitions(); partition++) {
            accepted += process(job, partition);
        }
        if (accepted != job.events()) {
            throw new BenchException("accepted " + accepted + " events of " + job.events());
        }
    }

    /** A visitor's events are in one partition only, so the sums of all partitions may share their tallies. */
    private long process(Job job, int partition) throws Exception {
        EventReader reader = job.eventReader();
        Map<String, EventType> inputs = job.inputs();
        Rules rules = job.rules();
        Windowing windowing = job.windowing();
        WindowTotals totals = new WindowTotals(windowing, this);
        Map<String, Journey> journeys = new HashMap<>();
        long streamTimeMs = Journey.NO_STREAM_TIME;
        long accepted = 0;
        try (MergedReading reading = new MergedReading(job, partition)) {
            for (ConsumerRecord<byte[], byte[]> message = reading.next(); message != null; message = reading.next()) {
                Event event = Reading.event(reader, inputs.get(message.topic()), message);
                Journey journey = journeys.get(event.visitorId());
                if (journey == null) {
                    journey = new Journey(rules, windowing);
                    journeys.put(event.visitorId(), journey);
                }
                if (journey.assess(event, streamTimeMs) == Outcome.ACCEPTED) {
                    journey.accept(event, totals);
                    streamTimeMs = Math.max(streamTimeMs, event.timeMs());
                    accepted++;
                }
            }
        }
        return accepted;
    }

    @Override
    public void results(Job job) {
        Windowing windowing = job.windowing();
        List<WindowRow> rows = new ArrayList<>(tallies.size());
        tallies.forEach((key, tally) -> rows.add(WindowRow.of(key, windowing, tally.toMeasures(), 1, true)));
        WindowsCsv.write(job.results(), rows);
    }
}
