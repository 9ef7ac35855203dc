package io.weir.bench.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Watermark;
import io.weir.bench.Job;
import io.weir.bench.core.Arrival;
import io.weir.bench.core.HeldJourney;
import io.weir.bench.core.Intake;
import io.weir.bench.core.JobText;
import io.weir.bench.core.WindowSums;
import io.weir.domain.Journey;
import io.weir.domain.WindowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes each event into its visitor's journey, combines what the journeys contribute, and hands it on once a second.
 * Journeys and what waits are in the snapshots.
 *
 * <p>Stream time is the watermark, the least event time over all partitions of all inputs: nothing is late, however far
 * the inputs are read apart.
 */
final class JourneysProcessor extends AbstractProcessor {
    private static final long SEND_EVERY_NS = 1_000_000_000;
    private static final int MAX_ROWS = 100_000;
    private static final long SWEEP_EVERY_MS = 24 * 3_600_000L;

    private final JobText text;
    private final Map<String, HeldJourney> journeys = new HashMap<>();

    private Progress progress;
    private Intake intake;
    private WindowSums combined;
    private boolean isFirst;
    private @Nullable Traverser<Object> sending;
    private @Nullable Traverser<Map.Entry<Object, byte[]>> saving;
    private long sentNs;
    private long streamTimeMs = Journey.NO_STREAM_TIME;
    private long sentWatermarkMs = Journey.NO_STREAM_TIME;
    private long sweptMs = Journey.NO_STREAM_TIME;

    @SuppressWarnings("NullAway.Init") // init sets the rest
    JourneysProcessor(JobText text) {
        this.text = text;
    }

    @Override
    protected void init(Context context) {
        Job job = text.job();
        progress = Progress.of(job.runId());
        intake = new Intake(job);
        combined = new WindowSums(job.windowing());
        isFirst = context.globalProcessorIndex() == 0;
        sentNs = System.nanoTime();
    }

    @Override
    protected boolean tryProcess(int ordinal, Object item) {
        Arrival arrival = (Arrival) item;
        int rows = combined.size();
        HeldJourney held = journeys.get(arrival.visitorId());
        if (held == null) {
            held = intake.begin();
            journeys.put(arrival.visitorId(), held);
        }
        intake.take(arrival, held, streamTimeMs, combined);
        progress.waiting(combined.size() - rows);
        progress.taken();
        return true;
    }

    /** The watermark goes on behind what was combined before it came, so that no window is final too early. */
    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        streamTimeMs = watermark.timestamp();
        if (sweptMs == Journey.NO_STREAM_TIME) {
            sweptMs = streamTimeMs;
        } else if (streamTimeMs - sweptMs >= SWEEP_EVERY_MS) {
            journeys.values().removeIf(held -> intake.lastTimeMs(held) + intake.memoryMs() < streamTimeMs);
            sweptMs = streamTimeMs;
        }
        return true;
    }

    /** Jet calls this between batches, and also when there are none. */
    @Override
    public boolean tryProcess() {
        boolean isDue = System.nanoTime() - sentNs >= SEND_EVERY_NS || combined.size() >= MAX_ROWS;
        if (sending == null && isDue) {
            sending = toSend();
            sentNs = System.nanoTime();
        }
        if (sending != null) {
            if (!emitFromTraverser(sending)) {
                return false;
            }
            sending = null;
        }
        return true;
    }

    private Traverser<Object> toSend() {
        List<Object> items = new ArrayList<>(combined.size() + 1);
        combined.drain((window, sums) -> items.add(new PartialSums(window, sums)));
        if (streamTimeMs > sentWatermarkMs) {
            items.add(new Watermark(streamTimeMs));
            sentWatermarkMs = streamTimeMs;
        }
        return Traversers.traverseIterable(items);
    }

    @Override
    public boolean saveToSnapshot() {
        if (saving == null) {
            List<Map.Entry<Object, byte[]>> waiting = new ArrayList<>();
            combined.forEach((window, sums) ->
                    waiting.add(Util.entry(BroadcastKey.broadcastKey(Snapshots.key(window)), Snapshots.bytes(sums))));
            Stream<Map.Entry<Object, byte[]>> known = journeys.entrySet().stream()
                    .map(entry -> Util.entry(entry.getKey(), entry.getValue().toBytes()));
            saving = Traversers.traverseStream(Stream.concat(waiting.stream(), known));
        }
        if (!emitFromTraverserToSnapshot(saving)) {
            return false;
        }
        saving = null;
        return true;
    }

    /** What waited belongs to no visitor, so all instances get it, and the first keeps it. */
    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        if (key instanceof String visitorId) {
            journeys.put(visitorId, HeldJourney.of((byte[]) value));
        } else if (isFirst) {
            WindowKey window = Snapshots.window((String) ((BroadcastKey<?>) key).key());
            combined.add(window, Snapshots.sums((byte[]) value));
        }
    }
}
