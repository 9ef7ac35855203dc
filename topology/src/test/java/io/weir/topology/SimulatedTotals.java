package io.weir.topology;

import io.weir.domain.DimensionKey;
import io.weir.domain.Journey;
import io.weir.domain.RollingMeasures;
import io.weir.domain.WindowKey;
import io.weir.schema.WindowResult;
import io.weir.topology.Outgoing.PartitionRows;
import io.weir.topology.Outgoing.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** The task that adds up one partition of the publications. */
final class SimulatedTotals extends SimulatedTask<Publication, SpecificRecord> {

    /** A record of the publications topic. */
    record Sent(byte[] key, byte[] value, long timestampMs) {}

    private static final PublicationSerde PUBLICATIONS = new PublicationSerde();

    private static final int MOST_INTERVALS = 100_000;

    private final PipelineSettings settings;
    private final InputProbe probe;
    private final int rowsAnInterval;
    private final Consumer<Supplier<String>> log;
    private final List<Sent> topic = new ArrayList<>();
    private final List<WindowRow> results = new ArrayList<>();
    private final List<Long> watermarksMs = new ArrayList<>();
    private int next = 0;
    private int committed = 0;

    SimulatedTotals(
            int partition,
            int capacity,
            PipelineSettings settings,
            InputProbe probe,
            LongSupplier wallClock,
            CrashPoints points,
            Consumer<Supplier<String>> log) {
        super(Names.TOTALS_SUBTOPOLOGY, partition, wallClock, points);
        this.settings = settings;
        this.probe = probe;
        this.rowsAnInterval = capacity;
        this.log = log;
        declare(Names.TOTALS_STORE, new Formats.TotalRows(), capacity);
        declare(Names.COME_BACKS_STORE, new Formats.ComeBackCounts(), capacity);
        declare(Names.ROLLING_STORE, new Formats.Rolling(), capacity);
        declare(Names.TOTALS_PROGRESS_STORE, new Formats.Progress(), settings.inputPartitions());
    }

    @Override
    Processor<byte[], Publication, byte[], SpecificRecord> newProcessor() {
        return new TotalsProcessor(settings, probe, new NoListener(), new Pace(rowsAnInterval));
    }

    /** Calls for intervals until what was read has had all its effect. */
    void catchUp(Runnable interval) {
        int left = MOST_INTERVALS;
        do {
            interval.run();
        } while (isRunning() && ((TotalsProcessor) processor()).isBehind() && --left > 0);
    }

    /** The log of its input. */
    List<Sent> topic() {
        return topic;
    }

    boolean isCaughtUp() {
        return next == topic.size();
    }

    /** Reads one publication if there is one. */
    void read() {
        if (isCaughtUp()) {
            return;
        }
        context().setOrigin(new SimulatedOrigin(Names.PUBLICATIONS, partition, next));
        Sent sent = topic.get(next++);
        Publication publication = PUBLICATIONS.deserializer().deserialize(Names.PUBLICATIONS, sent.value);
        log.accept(() -> "totals " + partition + " read " + describe(publication));
        processor().process(new Record<>(sent.key, publication, sent.timestampMs));
    }

    private static String describe(Publication publication) {
        if (publication instanceof PartitionRows batch) {
            List<String> rows = new ArrayList<>();
            batch.forEach(row -> rows.add(row.window() + ": " + row.measures()));
            return "partition " + batch.partition() + ", " + String.join("; ", rows);
        }
        return "progress of partition "
                + ((Outgoing.Progressed) publication).progress().partition();
    }

    @Override
    void commitInputs() {
        committed = next;
    }

    @Override
    void rewindInputs() {
        next = committed;
    }

    @Override
    void goBack(Random random) {
        next = random.nextInt(next + 1);
    }

    @Override
    void publish(List<Record<byte[], SpecificRecord>> sent) {
        for (Record<byte[], SpecificRecord> message : sent) {
            WindowResult result = (WindowResult) message.value();
            results.add(WindowResults.read(result));
            watermarksMs.add(
                    result.getWatermark() == null
                            ? Journey.NO_STREAM_TIME
                            : result.getWatermark().toEpochMilli());
        }
    }

    /** All results that were committed, in their order. */
    List<WindowRow> results() {
        return results;
    }

    /** The watermark of each of them. */
    List<Long> watermarksMs() {
        return watermarksMs;
    }

    /** Where the watermark stood at the last commit. */
    long committedWatermarkMs() {
        return committedProgress().stream()
                .mapToLong(PartitionProgress::watermarkMs)
                .max()
                .orElse(Journey.NO_STREAM_TIME);
    }

    /** What the partitions had said of their progress at the last commit. */
    List<PartitionProgress> committedProgress() {
        Formats.Progress format = new Formats.Progress();
        return committed(Names.TOTALS_PROGRESS_STORE).values().stream()
                .map(value -> format.valueFromBytes(0, value))
                .toList();
    }

    Map<WindowKey, TotalRow> committedRows() {
        Formats.TotalRows format = new Formats.TotalRows();
        Map<WindowKey, TotalRow> rows = new HashMap<>();
        committed(Names.TOTALS_STORE).forEach((bytes, value) -> {
            WindowKey key = format.keyFromBytes(bytes.get());
            rows.put(key, format.valueFromBytes(key, value));
        });
        return rows;
    }

    Map<DimensionKey, RollingMeasures> committedRolling() {
        Formats.Rolling format = new Formats.Rolling();
        Map<DimensionKey, RollingMeasures> rows = new HashMap<>();
        committed(Names.ROLLING_STORE).forEach((bytes, value) -> {
            DimensionKey key = format.keyFromBytes(bytes.get());
            rows.put(key, format.valueFromBytes(key, value));
        });
        return rows;
    }
}
