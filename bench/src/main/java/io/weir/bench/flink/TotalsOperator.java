package io.weir.bench.flink;

import io.weir.bench.Job;
import io.weir.bench.core.JobText;
import io.weir.bench.core.ResultRows;
import io.weir.bench.core.WindowSums;
import io.weir.domain.Journey;
import io.weir.domain.WindowKey;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what the threads say of a window and dimension key, and hands on each row that has changed once per
 * checkpoint, before its barrier; and once more when the window is final, after which the row is forgotten.
 */
final class TotalsOperator extends AbstractStreamOperator<Tuple2<byte[], byte[]>>
        implements OneInputStreamOperator<PartialSums, Tuple2<byte[], byte[]>>,
                BoundedOneInput,
                Triggerable<WindowKey, VoidNamespace> {
    private static final long serialVersionUID = 1;

    /** Where in a row of state the number of its revision stands: behind the measures. */
    private static final int REVISION = WindowSums.MEASURES;

    private final JobText job;
    private final boolean onHeap;

    private transient ResultRows rows;
    private transient ValueState<long[]> totals;
    private transient InternalTimerService<VoidNamespace> ends;
    private transient Map<WindowKey, long[]> changed;
    private transient StreamRecord<Tuple2<byte[], byte[]>> outgoing;
    private transient long graceMs;
    private transient long watermarkMs;

    /** @param onHeap whether the state backend keeps objects, and not bytes */
    @SuppressWarnings("NullAway.Init") // open sets the rest
    TotalsOperator(JobText job, boolean onHeap) {
        this.job = job;
        this.onHeap = onHeap;
    }

    @Override
    public void open() throws Exception {
        super.open();
        Job read = job.job();
        rows = new ResultRows(read);
        graceMs = read.rules().graceMs();
        totals = getRuntimeContext().getState(new ValueStateDescriptor<>("totals", new SumsSerializer()));
        ends = getInternalTimerService("ends", VoidNamespaceSerializer.INSTANCE, this);
        changed = new HashMap<>();
        outgoing = new StreamRecord<>(null);
        watermarkMs = Journey.NO_STREAM_TIME;
    }

    @Override
    public void processElement(StreamRecord<PartialSums> element) throws Exception {
        WindowKey window = element.getValue().window();
        long[] total = totals.value();
        boolean isNew = total == null;
        if (total == null) {
            total = new long[WindowSums.MEASURES + 1];
            ends.registerEventTimeTimer(VoidNamespace.INSTANCE, rows.endMs(window) + graceMs);
        }
        WindowSums.add(element.getValue().sums(), total);
        // One row a checkpoint, so one revision for all that came since the last one.
        if (changed.put(window, total) == null) {
            total[REVISION]++;
        }
        if (isNew || !onHeap) {
            totals.update(total);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermarkMs = mark.getTimestamp();
        super.processWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<WindowKey, VoidNamespace> timer) throws Exception {
        long[] total = totals.value();
        if (total != null) {
            changed.remove(timer.getKey());
            send(timer.getKey(), total, total[REVISION] + 1, true);
            totals.clear();
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<WindowKey, VoidNamespace> timer) {
        throw new IllegalStateException("no timer by the wall clock was set");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        sendChanged();
    }

    @Override
    public void endInput() {
        sendChanged();
    }

    private void sendChanged() {
        changed.forEach((window, total) -> send(window, total, total[REVISION], false));
        changed.clear();
    }

    private void send(WindowKey window, long[] total, long revision, boolean isFinal) {
        byte[] value = rows.value(window, total, revision, isFinal, watermarkMs);
        output.collect(outgoing.replace(Tuple2.of(rows.key(window), value)));
    }
}
