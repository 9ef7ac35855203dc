package io.weir.bench.flink;

import io.weir.bench.Job;
import io.weir.bench.core.Arrival;
import io.weir.bench.core.HeldJourney;
import io.weir.bench.core.Intake;
import io.weir.bench.core.JobText;
import io.weir.bench.core.WindowSums;
import io.weir.domain.Journey;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
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
 * Takes each event into its visitor's journey, which is keyed state, and combines what the journeys contribute until the
 * next checkpoint, as Flink's own mini-batches do: what is combined goes on before the checkpoint's barrier, so none of
 * it is ever only on the heap when a checkpoint is taken.
 *
 * <p>Stream time is the watermark: the least event time over all partitions of all inputs that has been read. Each
 * partition is in time order, so nothing is late, however far the inputs are read apart; what is read too early stays
 * open in its journey, and the domain core corrects what it meant.
 */
final class JourneysOperator extends AbstractStreamOperator<PartialSums>
        implements OneInputStreamOperator<Arrival, PartialSums>, BoundedOneInput, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1;

    /** No more rows than this are combined at a time. */
    private static final int MAX_ROWS = 100_000;

    private final JobText job;
    private final boolean onHeap;

    private transient Intake intake;
    private transient WindowSums combined;
    private transient ValueState<HeldJourney> journeys;
    private transient InternalTimerService<VoidNamespace> expiry;
    private transient List<HeldJourney> changed;
    private transient StreamRecord<PartialSums> outgoing;
    private transient long streamTimeMs;

    /** @param onHeap whether the state backend keeps objects, and not bytes */
    @SuppressWarnings("NullAway.Init") // open sets the rest
    JourneysOperator(JobText job, boolean onHeap) {
        this.job = job;
        this.onHeap = onHeap;
    }

    @Override
    public void open() throws Exception {
        super.open();
        Job read = job.job();
        intake = new Intake(read);
        combined = new WindowSums(read.windowing());
        journeys = getRuntimeContext().getState(new ValueStateDescriptor<>("journeys", new HeldJourneySerializer()));
        expiry = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, this);
        changed = new ArrayList<>();
        outgoing = new StreamRecord<>(null);
        streamTimeMs = Journey.NO_STREAM_TIME;
    }

    @Override
    public void processElement(StreamRecord<Arrival> element) throws Exception {
        HeldJourney held = journeys.value();
        boolean isNew = held == null;
        if (held == null) {
            held = intake.begin();
            expiry.registerEventTimeTimer(VoidNamespace.INSTANCE, element.getTimestamp() + intake.memoryMs());
        }
        boolean hadBytes = intake.take(element.getValue(), held, streamTimeMs, combined);
        if (onHeap) {
            if (isNew || hadBytes) {
                changed.add(held);
            }
            if (isNew) {
                journeys.update(held);
            }
        } else {
            journeys.update(held);
        }
        if (combined.size() >= MAX_ROWS) {
            sendCombined();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            // The end of this input is not the end of time: what is open stays open, as it would in production.
            return;
        }
        streamTimeMs = mark.getTimestamp();
        if (timeServiceManager != null) {
            timeServiceManager.advanceWatermark(mark);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        HeldJourney held = journeys.value();
        if (held == null) {
            return;
        }
        long droppedAtMs = intake.lastTimeMs(held) + intake.memoryMs();
        if (droppedAtMs > timer.getTimestamp()) {
            expiry.registerEventTimeTimer(VoidNamespace.INSTANCE, droppedAtMs);
        } else {
            journeys.clear();
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer by the wall clock was set");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        sendCombined();
        changed.forEach(HeldJourney::toBytes);
        changed.clear();
    }

    @Override
    public void endInput() {
        sendCombined();
        intake.report();
    }

    /** The watermark goes on behind what was combined before it came, so that no window is final too early. */
    private void sendCombined() {
        combined.drain((window, sums) -> output.collect(outgoing.replace(new PartialSums(window, sums))));
        if (streamTimeMs != Journey.NO_STREAM_TIME) {
            output.emitWatermark(new Watermark(streamTimeMs));
        }
    }
}
