package io.weir.topology;

import io.weir.domain.BinaryWriter;
import io.weir.domain.DomainFold;
import io.weir.domain.Measures;
import io.weir.domain.WindowKey;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.serde.VisitorNames;
import io.weir.topology.Outgoing.PartitionRow;
import io.weir.topology.Outgoing.PartitionRows;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The journeys of one partition, read by one task after another over the same stores, each with names of its own. */
final class JourneysDriver {
    private final EventRecords records = new EventRecords();
    private final PipelineSettings settings;
    private final long nowMs;
    private final List<WriteBehindStore<?, ?>> stores;
    private final WriteBehindStore<?, ?> journeysStore;
    private final WriteBehindStore<Integer, PartitionProgress> progressStore;
    private final Map<WindowKey, PartitionRow> rows = new HashMap<>();
    private long offset = 0;
    private MockProcessorContext<byte[], Outgoing> context;
    private @Nullable JourneysProcessor journeys;

    JourneysDriver(OracleSettings oracle, Instant wallClock) {
        settings = PipelineDriver.settings(oracle, 512 * 1024);
        nowMs = wallClock.toEpochMilli();
        journeysStore = store(Names.JOURNEYS_STORE, new Formats.Journeys(settings.rules(), settings.windowing()));
        progressStore = store(Names.PARTITION_PROGRESS_STORE, new Formats.Progress());
        stores = List.of(
                journeysStore,
                store(Names.CREDITS_STORE, new Formats.Credits()),
                store(Names.PARTITION_TOTALS_STORE, new Formats.Tallies()),
                store(Names.PARTITION_FACTS_STORE, new Formats.Facts()),
                progressStore);
    }

    /** So few objects on the heap that most are written and read between two events. */
    private static <K, V> WriteBehindStore<K, V> store(String name, WriteBehindStore.Format<K, V> format) {
        return new WriteBehindStore<>(Stores.inMemoryKeyValueStore(name).get(), format, 3);
    }

    /** Ends the task, if there is one, as a commit and a close do, and starts the next. */
    void startWith(VisitorNames names) {
        if (journeys != null) {
            publish();
            journeys.close();
            journeys = null;
        }
        stores.forEach(WriteBehindStore::flushCache);
        stores.forEach(WriteBehindStore::clearCache);
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), new File("target"));
        context.setCurrentSystemTimeMs(nowMs);
        stores.forEach(context::addStateStore);
        JourneysProcessor next = new JourneysProcessor(
                settings,
                records.reader(names),
                partition -> InputProbe.UNKNOWN,
                new NoListener(),
                PartitionTotals.MOST_AGAIN);
        next.init(context);
        journeys = next;
    }

    /** Ends the task and leaves its state as the version before would have, which noted no key. */
    void endAsTheVersionBefore() {
        publish();
        Objects.requireNonNull(journeys).close();
        journeys = null;
        PartitionProgress progress = Objects.requireNonNull(progressStore.get(0));
        progress.setVisitorKey(null);
        progressStore.put(0, progress);
    }

    void sendAll(List<EventRow> events) {
        events.forEach(this::send);
    }

    private void send(EventRow row) {
        byte[] value = records.bytes(row);
        context.setRecordMetadata(settings.inputTopic(EventRecords.typeOf(row)), 0, offset++);
        Objects.requireNonNull(journeys)
                .process(new Record<>(row.visitorId().getBytes(StandardCharsets.UTF_8), value, 0));
    }

    /** Has the task publish, which drops windows that are over, and sweep. */
    void publish() {
        publish(nowMs);
    }

    /** The same at another moment; true if it then asked for a commit. */
    boolean publish(long wallClockMs) {
        context.resetCommit();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(wallClockMs);
        context.forwarded().forEach(sent -> {
            if (sent.record().value() instanceof PartitionRows batch) {
                batch.forEach(row -> rows.put(row.window(), row));
            }
        });
        context.resetForwards();
        return context.committed();
    }

    /** How many came back after how many minutes, by window and key, as last published. */
    Map<WindowKey, String> seenBefore() {
        Map<WindowKey, String> seenBefore = new HashMap<>();
        rows.forEach((key, row) -> {
            BinaryWriter out = new BinaryWriter();
            row.seenBefore().write(out);
            seenBefore.put(key, HexFormat.of().formatHex(out.toByteArray()));
        });
        return seenBefore;
    }

    /** The same as lines of windows.csv. */
    List<String> windowsCsv() {
        Map<WindowKey, Measures> measures = new HashMap<>();
        rows.forEach((key, row) -> measures.put(key, row.measures()));
        measures.values().removeIf(Measures::isZero);
        return DomainFold.windowsCsv(measures);
    }

    /** What the journeys are stored under. */
    List<String> storedVisitors() {
        journeysStore.flushCache();
        List<String> visitors = new ArrayList<>();
        journeysStore.scanStored(null, Integer.MAX_VALUE - 8, (visitor, bytes) -> visitors.add((String) visitor));
        return visitors;
    }
}
