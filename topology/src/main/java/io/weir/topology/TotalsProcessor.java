package io.weir.topology;

import io.weir.domain.Journey;
import io.weir.domain.Measures;
import io.weir.domain.SeenBefore;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.serde.DimensionKeyText;
import io.weir.topology.Outgoing.PartitionRow;
import io.weir.topology.Outgoing.PartitionRows;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what the partitions say, one dimension key and window at a time, and says which windows are final.
 *
 * <p>A partition's row replaces what it said before, so a row that comes twice, or again after a crash, changes nothing.
 * A window is final when the watermark has passed its end + grace. All figures follow the watermark in steps, at a
 * {@link Pace}.
 */
final class TotalsProcessor implements Processor<byte[], Publication, byte[], SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(TotalsProcessor.class);

    /**
     * How often changed rows are sent, wall-clock time, so that what several partitions change goes out as one result; and
     * how often the figures may follow the watermark a bit further.
     */
    static final Duration INTERVAL = Duration.ofMillis(200);

    private static final long MINUTE_MS = 60_000;

    private final PipelineSettings settings;
    private final InputProbe probe;
    private final FiguresListener listener;
    private final Windowing windowing;
    private final Map<Integer, PartitionProgress> progress = new TreeMap<>();

    private final Pace pace;

    // Set by init, all of it from the stores: a task whose transaction was aborted is revived with the same processor.
    private ProcessorContext<byte[], SpecificRecord> context;
    private Watermark watermark;

    /** The watermark as far as all figures have followed it; {@link Journey#NO_STREAM_TIME} while it is not known. */
    private long asOfMs;

    /** The offset behind the last publication that was read. */
    private long nextPublication;

    private AlreadyRead alreadyRead;
    private PastWindows past;
    private WriteBehindStore<WindowKey, TotalRow> rows;
    private WriteBehindStore<Integer, PartitionProgress> progressStore;
    private RollingTotals rolling;
    private DueResults due;
    private Cancellable sending;

    @SuppressWarnings("NullAway.Init")
    TotalsProcessor(PipelineSettings settings, InputProbe probe, FiguresListener listener, Pace pace) {
        this.settings = settings;
        this.probe = probe;
        this.listener = listener;
        this.pace = pace;
        this.windowing = settings.windowing();
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        this.context = context;
        rows = context.getStateStore(Names.TOTALS_STORE);
        progressStore = context.getStateStore(Names.TOTALS_PROGRESS_STORE);
        progressStore.writeAfter(rows, context.getStateStore(Names.ROLLING_STORE));
        progress.clear();
        due = new DueResults(context.currentSystemTimeMs());
        past = new PastWindows(settings, rows);
        asOfMs = Journey.NO_STREAM_TIME;
        nextPublication = 0;
        alreadyRead = new AlreadyRead(probe);
        for (int partition = 0; partition < settings.inputPartitions(); partition++) {
            PartitionProgress stored = progressStore.get(partition);
            if (stored != null) {
                progress.put(partition, stored);
                asOfMs = Math.max(asOfMs, stored.watermarkMs());
                nextPublication = Math.max(nextPublication, stored.nextPublication());
            }
        }
        watermark = new Watermark(settings.inputPartitions(), asOfMs, context.currentSystemTimeMs());
        rolling = new RollingTotals(
                rows,
                context.getStateStore(Names.COME_BACKS_STORE),
                context.getStateStore(Names.ROLLING_STORE),
                listener,
                partition(),
                asOfMs);
        if (asOfMs != Journey.NO_STREAM_TIME) {
            // A journeys task tells all its open rows again when it starts, also those that have been dropped here.
            past.resume(asOfMs);
        }
        listener.totalsRevoked(partition());
        tellWhatIsKnown();
        sending = context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::onInterval);
    }

    /**
     * Tells the rows of the current and the previous window of each size, which is what boards look at; before the first
     * watermark all rows, since any of them may become current. Finds the rows that were still to be sent.
     */
    private void tellWhatIsKnown() {
        boolean anyTime = asOfMs == Journey.NO_STREAM_TIME;
        for (WindowSize size : windowing.sizes()) {
            long fromMs = anyTime ? Long.MIN_VALUE : windowing.startMs(size, windowing.startMs(size, asOfMs) - 1);
            long openSinceMs = anyTime ? Long.MIN_VALUE : past.openSinceMs(size, asOfMs);
            past.scan(size, Math.min(fromMs, openSinceMs), Long.MAX_VALUE, (key, row) -> {
                if (key.startMs() >= fromMs) {
                    listener.rowChanged(partition(), row.toWindowRow(key, windowing), Measures.ZERO);
                }
                if (row.isDue()) {
                    due.add(key);
                }
            });
        }
        rolling.tellAll();
        if (!anyTime) {
            listener.watermarkAdvanced(partition(), asOfMs);
        }
    }

    @Override
    public void process(Record<byte[], Publication> message) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        if (settings.exactlyOnce() && alreadyRead.test(nextPublication, origin)) {
            return;
        }
        nextPublication = origin.offset() + 1;
        Publication publication = message.value();
        if (publication instanceof PartitionRows batch) {
            batch.forEach(row -> replace(row, message.timestamp()));
        } else if (publication instanceof Progressed progressed) {
            advance(progressed.progress(), message.timestamp());
        }
        store();
    }

    /** Stores how far this has come, with the progress of any partition. */
    private void store() {
        if (!progress.isEmpty()) {
            PartitionProgress any = progress.values().iterator().next();
            any.noteTotals(asOfMs, nextPublication);
            progressStore.put(any.partition(), any);
        }
    }

    private void replace(PartitionRow published, long publishedMs) {
        WindowKey key = published.window();
        if (past.isDropped(key)) {
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
        SeenBefore returned = new SeenBefore();
        boolean changed = row.replace(published.partition(), published.measures(), published.seenBefore(), returned);
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
        if (past.isFinal(key)) {
            row.markFinal();
            send(key, row, publishedMs);
        }
        listener.rowChanged(partition(), row.toWindowRow(key, windowing), before);
    }

    private void send(WindowKey key, TotalRow row, long nowMs) {
        row.markSent();
        rows.put(key, row);
        SpecificRecord result = WindowResults.of(row.toWindowRow(key, windowing), asOfMs);
        context.forward(new Record<>(DimensionKeyText.toBytes(key.key()), result, nowMs));
    }

    private void onInterval(long nowMs) {
        pace.beginInterval();
        if (isBehindWatermark()) {
            follow(nowMs);
            store();
        }
        past.finishEarlier(pace.rowsLeft(), (key, row) -> finish(key, row, nowMs));
        drop(pace.rowsLeft());
        sendDue(nowMs);
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
        TotalRow row = past.isFinal(key) ? null : rows.get(key);
        if (row != null && row.isDue()) {
            send(key, row, nowMs);
        }
    }

    private void advance(PartitionProgress reported, long publishedMs) {
        progress.put(reported.partition(), reported);
        watermark.advance(progress.values());
        follow(publishedMs);
        progressStore.put(reported.partition(), reported);
        listener.rowsCover(partition(), reported);
        due.reached(reported);
        tellCoverage();
    }

    /** Whether the figures, or the results that are to be sent, have still to follow the watermark. */
    boolean isBehind() {
        return isBehindWatermark() || past.hasEarlier();
    }

    private boolean isBehindWatermark() {
        return asOfMs < watermark.ms() || past.areBehind(asOfMs);
    }

    /** Brings all figures up to the watermark, or as far as they may go in this interval. */
    private void follow(long nowMs) {
        long beforeMs = asOfMs;
        while (isBehindWatermark() && pace.mayStep()) {
            pace.stepped(step(nowMs));
        }
        due.forget(past::isFinal);
        if (asOfMs > beforeMs) {
            listener.watermarkAdvanced(partition(), asOfMs);
        }
    }

    /** Returns how many rows it has looked at. */
    private int step(long nowMs) {
        if (!past.areBehind(asOfMs)) {
            long fromMs = asOfMs == Journey.NO_STREAM_TIME ? past.firstMinuteMs(watermark.ms()) : asOfMs;
            asOfMs = Math.min(watermark.ms(), fromMs + pace.minutes() * MINUTE_MS);
            int looked = rolling.advance(asOfMs);
            rolling.drop(past.keptSinceMs(WindowSize.MINUTE, asOfMs));
            return looked;
        }
        int looked = past.finish(asOfMs, pace.rowsLeft(), (key, row) -> finish(key, row, nowMs));
        return looked + drop(pace.rowsLeft() - looked);
    }

    /** Drops up to so many rows, if all that must be done with them before has been; returns how many. */
    private int drop(int most) {
        boolean isTooEarly = asOfMs == Journey.NO_STREAM_TIME || past.areBehind(asOfMs) || past.hasEarlier();
        return isTooEarly ? 0 : past.drop(asOfMs, most);
    }

    private void tellCoverage() {
        if (!isBehind()) {
            due.takeCovered().forEach(covered -> listener.resultsCover(partition(), covered));
        }
    }

    private void finish(WindowKey key, TotalRow row, long publishedMs) {
        // One that is final already can have changed after a restart, in a silence, before this came to it.
        if (!row.isFinal() || row.isDue()) {
            row.markFinal();
            row.becomeDue();
            send(key, row, publishedMs);
            listener.rowChanged(partition(), row.toWindowRow(key, windowing), row.sum());
        }
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
