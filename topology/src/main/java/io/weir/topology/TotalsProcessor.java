package io.weir.topology;

import io.weir.domain.Journey;
import io.weir.domain.Measures;
import io.weir.domain.Returns;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.serde.DimensionKeyText;
import io.weir.serde.WindowKeyFormat;
import io.weir.topology.Outgoing.PartitionRow;
import io.weir.topology.Outgoing.PartitionRows;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what the partitions say, one dimension key and window at a time, and says which windows are final.
 *
 * <p>A partition's row replaces what it said before, so a row that comes twice, or again after a crash, changes nothing.
 * A window is final when the watermark has passed its end + grace.
 */
final class TotalsProcessor implements Processor<byte[], Publication, byte[], SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(TotalsProcessor.class);

    /** How often changed rows are sent, wall-clock time, so that what several partitions change goes out as one result. */
    static final Duration SEND_INTERVAL = Duration.ofMillis(200);

    private final PipelineSettings settings;
    private final FiguresListener listener;
    private final Windowing windowing;
    private final Map<Integer, PartitionProgress> progress = new TreeMap<>();

    /** For each size: windows that start before this, event time, are final. */
    private final Map<WindowSize, Long> finalBeforeMs = new TreeMap<>();

    /** For each size: windows that start before this, event time, have been dropped. */
    private final Map<WindowSize, Long> droppedBeforeMs = new TreeMap<>();

    // Set by init, all of it from the stores: a task whose transaction was aborted is revived with the same processor.
    private ProcessorContext<byte[], SpecificRecord> context;
    private Watermark watermark;
    private WriteBehindStore<WindowKey, TotalRow> rows;
    private WriteBehindStore<Integer, PartitionProgress> progressStore;
    private RollingTotals rolling;
    private DueResults due;
    private Cancellable sending;

    @SuppressWarnings("NullAway.Init")
    TotalsProcessor(PipelineSettings settings, FiguresListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.windowing = settings.windowing();
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        this.context = context;
        rows = context.getStateStore(Names.TOTALS_STORE);
        progressStore = context.getStateStore(Names.TOTALS_PROGRESS_STORE);
        progress.clear();
        due = new DueResults(context.currentSystemTimeMs());
        for (WindowSize size : windowing.sizes()) {
            finalBeforeMs.put(size, Long.MIN_VALUE);
            droppedBeforeMs.put(size, Long.MIN_VALUE);
        }
        long watermarkMs = Journey.NO_STREAM_TIME;
        for (int partition = 0; partition < settings.inputPartitions(); partition++) {
            PartitionProgress stored = progressStore.get(partition);
            if (stored != null) {
                progress.put(partition, stored);
                watermarkMs = Math.max(watermarkMs, stored.watermarkMs());
            }
        }
        watermark = new Watermark(settings.inputPartitions(), watermarkMs, context.currentSystemTimeMs());
        rolling = new RollingTotals(
                rows,
                context.getStateStore(Names.COME_BACKS_STORE),
                context.getStateStore(Names.ROLLING_STORE),
                listener,
                partition(),
                watermark.ms());
        if (watermark.ms() != Journey.NO_STREAM_TIME) {
            // A journeys task tells all its open rows again when it starts, also those that have been dropped here.
            long horizonMs = watermark.ms() - settings.rules().graceMs();
            windowing.sizes().forEach(size -> drop(size, horizonMs));
        }
        listener.totalsRevoked(partition());
        tellWhatIsKnown();
        sending = context.schedule(SEND_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sendDue);
    }

    /**
     * Tells the rows of the current and the previous window of each size, which is what boards look at; before the first
     * watermark all rows, since any of them may become current. Finds the rows that were still to be sent.
     */
    private void tellWhatIsKnown() {
        boolean anyTime = watermark.ms() == Journey.NO_STREAM_TIME;
        for (WindowSize size : windowing.sizes()) {
            long fromMs =
                    anyTime ? Long.MIN_VALUE : windowing.startMs(size, windowing.startMs(size, watermark.ms()) - 1);
            scan(size, Math.min(fromMs, openSinceMs(size)), Long.MAX_VALUE, (key, row) -> {
                if (key.startMs() >= fromMs) {
                    listener.rowChanged(partition(), toWindowRow(key, row), Measures.ZERO);
                }
                if (row.isDue()) {
                    due.add(key);
                }
            });
        }
        rolling.tellAll();
        if (!anyTime) {
            listener.watermarkAdvanced(partition(), watermark.ms());
        }
    }

    /** Where the first window of this size starts that is not final. */
    private long openSinceMs(WindowSize size) {
        return watermark.ms() == Journey.NO_STREAM_TIME
                ? Long.MIN_VALUE
                : windowing.startMs(size, watermark.ms() - settings.rules().graceMs());
    }

    @Override
    public void process(Record<byte[], Publication> message) {
        Publication publication = message.value();
        if (publication instanceof PartitionRows batch) {
            batch.forEach(row -> replace(row, message.timestamp()));
        } else if (publication instanceof Progressed progressed) {
            advance(progressed.progress(), message.timestamp());
        }
    }

    private void replace(PartitionRow published, long publishedMs) {
        WindowKey key = published.window();
        if (key.startMs() < droppedBeforeMs.getOrDefault(key.size(), Long.MIN_VALUE)) {
            LOG.warn(
                    "a row of the {} window of {} ms came after the window was dropped and is left out; if it had changed,"
                            + " raise retention.{}",
                    key.size().label(),
                    key.startMs(),
                    key.size().label());
            return;
        }
        TotalRow row = rows.get(key);
        if (row == null) {
            row = new TotalRow();
        }
        Measures before = row.sum();
        Returns returned = new Returns();
        boolean changed = row.replace(published.partition(), published.measures(), published.returns(), returned);
        if (!changed && returned.isZero()) {
            return;
        }
        rows.put(key, row);
        if (key.size() == WindowSize.MINUTE) {
            rolling.minuteChanged(key, row.sum().minus(before), returned);
        }
        if (!changed) {
            return;
        }
        if (row.becomeDue()) {
            due.add(key);
        }
        if (isPastFinal(key)) {
            row.markFinal();
            send(key, row, publishedMs);
        }
        listener.rowChanged(partition(), toWindowRow(key, row), before);
    }

    private boolean isPastFinal(WindowKey key) {
        return key.startMs() < finalBeforeMs.getOrDefault(key.size(), Long.MIN_VALUE);
    }

    private void send(WindowKey key, TotalRow row, long nowMs) {
        row.markSent();
        rows.put(key, row);
        SpecificRecord result = WindowResults.of(toWindowRow(key, row), watermark.ms());
        context.forward(new Record<>(DimensionKeyText.toBytes(key.key()), result, nowMs));
    }

    private void sendDue(long nowMs) {
        long aheadMs = aheadMs();
        due.take(nowMs, key -> endPlusGraceMs(key) <= aheadMs, key -> sendIfDue(key, nowMs));
        tellCoverage();
    }

    private long endPlusGraceMs(WindowKey key) {
        return windowing.endMs(key.size(), key.startMs()) + settings.rules().graceMs();
    }

    /** Where the partition that is farthest ahead stands, event time. */
    private long aheadMs() {
        return progress.values().stream()
                .mapToLong(PartitionProgress::eventClockMs)
                .max()
                .orElse(Journey.NO_STREAM_TIME);
    }

    private void sendIfDue(WindowKey key, long nowMs) {
        TotalRow row = isPastFinal(key) ? null : rows.get(key);
        if (row != null && row.isDue()) {
            send(key, row, nowMs);
        }
    }

    private WindowRow toWindowRow(WindowKey key, TotalRow row) {
        return new WindowRow(
                key.size(),
                key.startMs(),
                windowing.endMs(key.size(), key.startMs()),
                key.key(),
                row.sum(),
                row.revision(),
                row.isFinal());
    }

    private void advance(PartitionProgress reported, long publishedMs) {
        progress.put(reported.partition(), reported);
        boolean advanced = watermark.advance(progress.values());
        reported.noteWatermark(watermark.ms());
        progressStore.put(reported.partition(), reported);
        if (advanced) {
            rolling.advance(watermark.ms());
            long horizonMs = watermark.ms() - settings.rules().graceMs();
            for (WindowSize size : windowing.sizes()) {
                finish(size, windowing.startMs(size, horizonMs), publishedMs);
                drop(size, horizonMs);
            }
            due.forget(this::isPastFinal);
            listener.watermarkAdvanced(partition(), watermark.ms());
        }
        listener.rowsCover(partition(), reported);
        due.reached(reported);
        tellCoverage();
    }

    private void tellCoverage() {
        due.takeCovered().forEach(covered -> listener.resultsCover(partition(), covered));
    }

    /** Marks the windows of this size that start before {@code beforeMs} as final. */
    private void finish(WindowSize size, long beforeMs, long publishedMs) {
        long fromMs = finalBeforeMs.getOrDefault(size, Long.MIN_VALUE);
        if (fromMs >= beforeMs) {
            return;
        }
        finalBeforeMs.put(size, beforeMs);
        scan(size, fromMs, beforeMs, (key, row) -> finish(key, row, publishedMs));
    }

    private void finish(WindowKey key, TotalRow row, long publishedMs) {
        if (!row.isFinal()) {
            row.markFinal();
            row.becomeDue();
            send(key, row, publishedMs);
            listener.rowChanged(partition(), toWindowRow(key, row), row.sum());
        }
    }

    private void drop(WindowSize size, long horizonMs) {
        long retentionMs = settings.retentionMs(size);
        if (retentionMs > horizonMs) {
            return;
        }
        long fromMs = droppedBeforeMs.getOrDefault(size, Long.MIN_VALUE);
        long beforeMs = windowing.startMs(size, horizonMs - retentionMs);
        if (fromMs < beforeMs) {
            droppedBeforeMs.put(size, beforeMs);
            List<WindowKey> old = new ArrayList<>();
            scan(size, fromMs, beforeMs, (key, row) -> old.add(key));
            old.forEach(rows::delete);
            if (size == WindowSize.MINUTE) {
                rolling.drop(fromMs, beforeMs);
            }
        }
    }

    private void scan(WindowSize size, long fromMs, long toMs, BiConsumer<WindowKey, TotalRow> each) {
        rows.scan(WindowKeyFormat.lowerBound(size, fromMs), WindowKeyFormat.lowerBound(size, toMs), each);
    }

    private int partition() {
        return context.taskId().partition();
    }

    @Override
    public void close() {
        if (sending != null) {
            // Kafka Streams keeps the schedule of a task that it revives, and init makes another.
            sending.cancel();
            listener.totalsRevoked(partition());
        }
    }
}
