package io.weir.topology;

import io.weir.domain.Credit;
import io.weir.domain.DimensionKey;
import io.weir.domain.DomainFold;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.Rules;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.schema.WindowResult;
import io.weir.serde.VisitorNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology on Kafka's test driver: one partition, a wall clock that only moves when told to. */
final class PipelineDriver implements AutoCloseable {
    static final String WINDOWS = "weir.windows";
    static final String LATE = "weir.late-events";
    static final String DEAD = "weir.dead-letters";
    static final String FORGET = "weir.forget";

    private final EventRecords records = new EventRecords();
    private final Map<EventType, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(EventType.class);
    private final TopologyTestDriver driver;
    private final List<WindowResult> results = new ArrayList<>();
    private final Map<RollingWindow, Map<DimensionKey, Measures>> rolling = new EnumMap<>(RollingWindow.class);
    private Ledger ledger = new Ledger();
    private Map<String, SourceFacts> facts = Map.of();
    private long watermarkMs = Long.MIN_VALUE;
    private long quietSinceMs = InputProbe.UNKNOWN;

    PipelineDriver(OracleSettings settings, Instant wallClock) {
        this(settings, wallClock, 512 * 1024);
    }

    PipelineDriver(OracleSettings settings, Instant wallClock, int maxJourneyBytes) {
        this(settings(settings, maxJourneyBytes), wallClock);
    }

    PipelineDriver(PipelineSettings pipeline, Instant wallClock) {
        this(pipeline, wallClock, VisitorNames.asTheyCome());
    }

    PipelineDriver(PipelineSettings pipeline, Instant wallClock, VisitorNames names) {
        WeirTopology topology = new WeirTopology(
                pipeline, () -> records.reader(names), records.serializer(), partition -> quietSinceMs, new Listener());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir());
        driver = new TopologyTestDriver(topology.get(), properties, wallClock);
        for (EventType input : EventType.values()) {
            inputs.put(
                    input,
                    driver.createInputTopic(
                            "weir." + input.plural(), new ByteArraySerializer(), new ByteArraySerializer()));
        }
    }

    /** A folder of its own: Kafka's default is one for all builds on the machine, and they lock each other out. */
    private static String stateDir() {
        try {
            return Files.createTempDirectory(Path.of("target"), "state-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PipelineSettings settings(OracleSettings settings, int maxJourneyBytes) {
        return settings(settings, maxJourneyBytes, Duration.ofDays(8));
    }

    static PipelineSettings settings(OracleSettings settings, int maxJourneyBytes, Duration creditRetention) {
        Map<EventType, String> topics = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            topics.put(input, "weir." + input.plural());
        }
        return new PipelineSettings(
                topics,
                1,
                WINDOWS,
                LATE,
                DEAD,
                FORGET,
                new Rules(
                        settings.grace().toMillis(),
                        settings.landingWindow().toMillis(),
                        settings.attributionWindow().toMillis()),
                settings.windows(),
                settings.zone(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Map.of(
                        WindowSize.MINUTE, Duration.ofDays(2),
                        WindowSize.HOUR, Duration.ofDays(8),
                        WindowSize.DAY, Duration.ofDays(40)),
                creditRetention,
                1024,
                maxJourneyBytes,
                100_000,
                true);
    }

    /** How many journeys the store holds. */
    int storedJourneys() {
        return stored(Names.JOURNEYS_STORE);
    }

    /** How many payments it is kept of what they are credited to. */
    int storedCredits() {
        return stored(Names.CREDITS_STORE);
    }

    /** What an order's payments are credited to, as last stored. */
    List<Credit> credits(String orderId) {
        WriteBehindStore<?, ?> store = (WriteBehindStore<?, ?>) driver.getStateStore(Names.CREDITS_STORE);
        return new ServedCredits(() -> List.of(store.wrapped())).find(orderId);
    }

    private int stored(String storeName) {
        WriteBehindStore<?, ?> store = (WriteBehindStore<?, ?>) driver.getStateStore(storeName);
        int[] count = {0};
        store.scanStored(null, Integer.MAX_VALUE - 8, (key, bytes) -> count[0]++);
        return count[0];
    }

    /** Checks that it is told the truth about what was before. */
    private final class Listener implements FiguresListener {
        @Override
        public void rollingChanged(
                int totalsPartition, RollingWindow window, DimensionKey key, Measures measures, Measures before) {
            Map<DimensionKey, Measures> known = rolling.computeIfAbsent(window, none -> new HashMap<>());
            Measures was = known.getOrDefault(key, Measures.ZERO);
            if (!was.equals(before)) {
                throw new IllegalStateException("told " + before + " of what was " + was);
            }
            known.put(key, measures);
        }

        @Override
        public void watermarkAdvanced(int totalsPartition, long nowMs) {
            watermarkMs = nowMs;
        }

        @Override
        public void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {
            ledger = progress.ledger();
            PipelineDriver.this.facts = facts;
        }
    }

    void sendAll(List<EventRow> rows) {
        rows.forEach(this::send);
    }

    void send(EventRow row) {
        send(EventRecords.typeOf(row), row.visitorId(), bytes(row));
    }

    void send(EventType input, String key, byte[] value) {
        send(input, key, value, new RecordHeaders());
    }

    void send(EventType input, String key, byte[] value, Headers headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        inputs.get(input).pipeInput(new TestRecord<>(keyBytes, value, headers, Instant.EPOCH));
    }

    /** Asks for the visitor of this name to be forgotten. */
    void forget(String name) {
        driver.createInputTopic(FORGET, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(null, name.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    /** The row in the wire format, absent required texts as blank ones. */
    byte[] bytes(EventRow row) {
        return records.bytes(row);
    }

    /** Moves the wall clock on, at least past one publication, and then past a sending of what it has changed. */
    void pass(Duration duration) {
        driver.advanceWallClockTime(duration);
        driver.advanceWallClockTime(TotalsProcessor.INTERVAL);
        drain();
    }

    /** The broker confirms that nothing comes in since this moment. */
    void inputsQuietSince(Instant moment) {
        quietSinceMs = moment.toEpochMilli();
    }

    private void drain() {
        var topic = driver.createOutputTopic(WINDOWS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        topic.readValuesToList().forEach(bytes -> results.add((WindowResult) records.deserialize(WINDOWS, bytes)));
    }

    /** All results that were published so far, in their order. */
    List<WindowResult> results() {
        return results;
    }

    /** What each window and key came to, as lines of windows.csv. */
    List<String> windowsCsv() {
        Map<WindowKey, Measures> last = new HashMap<>();
        for (WindowResult result : results) {
            WindowRow row = WindowResults.read(result);
            last.put(new WindowKey(row.size(), row.startMs(), row.key()), row.measures());
        }
        last.values().removeIf(Measures::isZero);
        return DomainFold.windowsCsv(last);
    }

    /** What each source has cost and been credited with, as last told. */
    Map<String, SourceFacts> facts() {
        return facts;
    }

    /** The rows as others are served them, all changes included. */
    ServedRows served(OracleSettings settings) {
        WriteBehindStore<?, ?> rows = flushed(Names.TOTALS_STORE);
        WriteBehindStore<?, ?> rollingRows = flushed(Names.ROLLING_STORE);
        WriteBehindStore<?, ?> progress = flushed(Names.TOTALS_PROGRESS_STORE);
        return new ServedRows(
                () -> List.of(rows.wrapped()),
                () -> List.of(rollingRows.wrapped()),
                () -> List.of(progress.wrapped()),
                settings(settings, 512 * 1024));
    }

    private WriteBehindStore<?, ?> flushed(String storeName) {
        WriteBehindStore<?, ?> store = (WriteBehindStore<?, ?>) driver.getStateStore(storeName);
        store.flushCache();
        return store;
    }

    /** Where the rolling windows end; a whole minute. */
    long rollingEndMs() {
        return Windowing.minuteStartMs(watermarkMs);
    }

    /** What each key has in the rolling windows now, in the form of {@link io.weir.oracle.BatchOracle#rollingCsv}. */
    List<String> rollingCsv() {
        List<String> lines = new ArrayList<>();
        rolling.forEach((window, byKey) -> {
            Map<WindowKey, Measures> rows = new HashMap<>();
            byKey.forEach((key, measures) -> rows.put(new WindowKey(WindowSize.MINUTE, 0, key), measures));
            rows.values().removeIf(Measures::isZero);
            DomainFold.windowsCsv(rows).forEach(line -> lines.add(window.label() + "," + line.split(",", 3)[2]));
        });
        return lines;
    }

    List<TestRecord<byte[], byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** What became of the records so far, as last published. */
    Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        driver.close();
    }
}
