package io.weir.bench.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Watermark;
import io.weir.bench.Job;
import io.weir.bench.core.JobText;
import io.weir.bench.core.ResultRows;
import io.weir.bench.core.WindowSums;
import io.weir.domain.Journey;
import io.weir.domain.WindowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the threads say of a window and dimension key, and hands on each row that has changed once a second; and
 * once more when its window is final, after which the row is forgotten. After a restart every row counts as changed.
 */
final class TotalsProcessor extends AbstractProcessor {
    private static final long SEND_EVERY_NS = 1_000_000_000;

    /** Where in a row of state the number of its revision stands: behind the measures. */
    private static final int REVISION = WindowSums.MEASURES;

    private final JobText text;
    private final Map<WindowKey, long[]> totals = new HashMap<>();
    private final Set<WindowKey> changed = new HashSet<>();

    /** The windows that are not final, by the watermark from which they are. */
    private final TreeMap<Long, List<WindowKey>> ends = new TreeMap<>();

    private Progress progress;
    private ResultRows rows;
    private long graceMs;
    private @Nullable Traverser<Map.Entry<byte[], byte[]>> sending;
    private long sendingChanged;
    private @Nullable Traverser<Map.Entry<String, byte[]>> saving;
    private long sentNs;
    private long watermarkMs = Journey.NO_STREAM_TIME;

    @SuppressWarnings("NullAway.Init") // init sets the rest
    TotalsProcessor(JobText text) {
        this.text = text;
    }

    @Override
    protected void init(Context context) {
        Job job = text.job();
        progress = Progress.of(job.runId());
        rows = new ResultRows(job);
        graceMs = job.rules().graceMs();
        sentNs = System.nanoTime();
    }

    @Override
    protected boolean tryProcess(int ordinal, Object item) {
        PartialSums partial = (PartialSums) item;
        long[] total = totals.get(partial.window());
        if (total == null) {
            total = new long[WindowSums.MEASURES + 1];
            put(partial.window(), total);
        }
        WindowSums.add(partial.sums(), total);
        // A row that begins to wait here takes the place of the one that has waited to come here.
        if (!changed.add(partial.window())) {
            progress.waiting(-1);
        }
        return true;
    }

    private void put(WindowKey window, long[] total) {
        totals.put(window, total);
        ends.computeIfAbsent(rows.endMs(window) + graceMs, none -> new ArrayList<>())
                .add(window);
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        watermarkMs = watermark.timestamp();
        return true;
    }

    /** Jet calls this between batches, and also when there are none. */
    @Override
    public boolean tryProcess() {
        if (sending == null && System.nanoTime() - sentNs >= SEND_EVERY_NS) {
            sending = toSend();
            sentNs = System.nanoTime();
        }
        if (sending != null) {
            if (!emitFromTraverser(sending)) {
                return false;
            }
            sending = null;
            progress.waiting(-sendingChanged);
        }
        return true;
    }

    private Traverser<Map.Entry<byte[], byte[]>> toSend() {
        List<Map.Entry<byte[], byte[]>> items = new ArrayList<>();
        sendingChanged = changed.size();
        for (WindowKey window : changed) {
            items.add(row(window, false));
        }
        changed.clear();
        while (!ends.isEmpty() && ends.firstKey() <= watermarkMs) {
            for (WindowKey window : ends.pollFirstEntry().getValue()) {
                items.add(row(window, true));
                totals.remove(window);
            }
        }
        return Traversers.traverseIterable(items);
    }

    private Map.Entry<byte[], byte[]> row(WindowKey window, boolean isFinal) {
        long[] total = totals.get(window);
        if (total == null) {
            throw new IllegalStateException("a row that has changed is missing: " + window);
        }
        total[REVISION]++;
        return Util.entry(rows.key(window), rows.value(window, total, total[REVISION], isFinal, watermarkMs));
    }

    @Override
    public boolean saveToSnapshot() {
        if (saving == null) {
            saving = Traversers.traverseStream(totals.entrySet().stream()
                    .map(entry -> Util.entry(Snapshots.key(entry.getKey()), Snapshots.bytes(entry.getValue()))));
        }
        if (!emitFromTraverserToSnapshot(saving)) {
            return false;
        }
        saving = null;
        return true;
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        WindowKey window = Snapshots.window((String) key);
        put(window, Snapshots.sums((byte[]) value));
        changed.add(window);
    }
}
