package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SeenBefore;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.serde.DimensionKeyText;
import io.weir.serde.WindowKeyFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The window rows that this instance owns and still keeps, for whoever asks: as of the last commit or newer. Thread-safe.
 *
 * <p>The figures on the heap, and their watermark, are ahead of these rows: by up to a commit interval, which is hours of
 * event time while much is caught up with. Whoever says as of when the rows are asks for {@link #watermarkMs} first.
 *
 * <p>All methods throw {@link org.apache.kafka.streams.errors.InvalidStateStoreException} while partitions are moved or
 * restored.
 */
public final class ServedRows {
    private final Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> stores;
    private final Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> rollingStores;
    private final Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> progressStores;
    private final PipelineSettings settings;

    public ServedRows(KafkaStreams streams, PipelineSettings settings) {
        this(
                () -> InnerStores.find(streams, Names.TOTALS_STORE, Names.TOTALS_SUBTOPOLOGY),
                () -> InnerStores.find(streams, Names.ROLLING_STORE, Names.TOTALS_SUBTOPOLOGY),
                () -> InnerStores.find(streams, Names.TOTALS_PROGRESS_STORE, Names.TOTALS_SUBTOPOLOGY),
                settings);
    }

    ServedRows(
            Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> stores,
            Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> rollingStores,
            Supplier<List<ReadOnlyKeyValueStore<Bytes, byte[]>>> progressStores,
            PipelineSettings settings) {
        this.stores = stores;
        this.rollingStores = rollingStores;
        this.progressStores = progressStores;
        this.settings = settings;
    }

    /** The totals partition that all rows of this key belong to; there are as many as input partitions. */
    public static int partitionOf(DimensionKey key, int partitions) {
        return ByDimensionKey.partitionOf(DimensionKeyText.toBytes(key), partitions);
    }

    /**
     * The least watermark that is stored with the rows of an owned partition, milliseconds: rows that are read after this
     * hold all events up to it, or more. Empty while an owned partition has none, and where none is owned.
     */
    public OptionalLong watermarkMs() {
        long leastMs = Long.MAX_VALUE;
        for (ReadOnlyKeyValueStore<Bytes, byte[]> store : progressStores.get()) {
            leastMs = Math.min(leastMs, watermarkMs(store));
        }
        boolean known = leastMs != Long.MAX_VALUE && leastMs != Journey.NO_STREAM_TIME;
        return known ? OptionalLong.of(leastMs) : OptionalLong.empty();
    }

    /** The one that was noted last; it never goes back. */
    private static long watermarkMs(ReadOnlyKeyValueStore<Bytes, byte[]> progress) {
        long notedMs = Journey.NO_STREAM_TIME;
        try (KeyValueIterator<Bytes, byte[]> all = progress.all()) {
            while (all.hasNext()) {
                PartitionProgress noted = PartitionProgress.read(new BinaryReader(all.next().value));
                notedMs = Math.max(notedMs, noted.watermarkMs());
            }
        }
        return notedMs;
    }

    /** The row of one key in the window of this size that starts then; empty if there is none or it is not owned. */
    public Optional<WindowRow> find(WindowSize size, long startMs, DimensionKey key) {
        Windowing windowing = settings.windowing();
        return Optional.ofNullable(read(stores.get(), new WindowKey(size, startMs, key)))
                .map(row -> row.toWindowRow(new WindowKey(size, startMs, key), windowing));
    }

    /** The measures of one key in a rolling window; empty if there are none or it is not owned. */
    public Optional<Measures> rolling(RollingWindow window, DimensionKey key) {
        Formats.Rolling format = new Formats.Rolling();
        Bytes bytes = Bytes.wrap(format.keyToBytes(key));
        for (ReadOnlyKeyValueStore<Bytes, byte[]> store : rollingStores.get()) {
            byte[] found = store.get(bytes);
            if (found != null) {
                return Optional.of(format.valueFromBytes(key, found).of(window));
            }
        }
        return Optional.empty();
    }

    /** The rows of one key in the windows of this size that start in {@code [fromMs, toMs)}, the earliest first. */
    public List<WindowRow> series(WindowSize size, DimensionKey key, long fromMs, long toMs) {
        Windowing windowing = settings.windowing();
        List<ReadOnlyKeyValueStore<Bytes, byte[]>> owned = stores.get();
        List<WindowRow> found = new ArrayList<>();
        for (long startMs = windowing.startMs(size, fromMs); startMs < toMs; ) {
            WindowKey window = new WindowKey(size, startMs, key);
            TotalRow row = startMs < fromMs ? null : read(owned, window);
            if (row != null) {
                found.add(row.toWindowRow(window, windowing));
            }
            startMs = windowing.endMs(size, startMs);
        }
        return found;
    }

    /** Calls back with each owned row of one dimension in the window of this size that starts then, and holds none. */
    public void window(WindowSize size, long startMs, Dimension dimension, Consumer<WindowRow> each) {
        Windowing windowing = settings.windowing();
        Bytes from = lowerBound(size, startMs);
        Bytes to = lowerBound(size, startMs + 1);
        for (ReadOnlyKeyValueStore<Bytes, byte[]> store : stores.get()) {
            try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> next = rows.next();
                    WindowKey key = WindowKeyFormat.read(new BinaryReader(next.key.get()));
                    if (key.startMs() == startMs && key.key().dimension() == dimension) {
                        each.accept(TotalRow.read(new BinaryReader(next.value)).toWindowRow(key, windowing));
                    }
                }
            }
        }
    }

    /**
     * What a calendar day had come to at some moment of it, distinct visitors and buyers included, from the minutes.
     *
     * @param dayStartMs when the day begins
     * @param untilMs exclusive; a whole minute of that day
     */
    public Measures dayUntil(DimensionKey key, long dayStartMs, long untilMs) {
        List<ReadOnlyKeyValueStore<Bytes, byte[]>> owned = stores.get();
        Measures sum = Measures.ZERO;
        for (long startMs = dayStartMs; startMs < untilMs; startMs += 60_000) {
            TotalRow minute = read(owned, new WindowKey(WindowSize.MINUTE, startMs, key));
            if (minute != null) {
                sum = sum.plus(asPartOfDay(minute));
            }
        }
        return sum;
    }

    /** The minute's measures with those visitors and buyers only who are the day's first. */
    private static Measures asPartOfDay(TotalRow minute) {
        SeenBefore seenBefore = minute.seenBefore();
        long[] values = minute.sum().toArray();
        values[Measure.VISITORS.ordinal()] = seenBefore.newVisitorsOfDay();
        values[Measure.BUYERS.ordinal()] = seenBefore.newBuyersOfDay();
        return Measures.of(values);
    }

    private static @Nullable TotalRow read(List<ReadOnlyKeyValueStore<Bytes, byte[]>> stores, WindowKey key) {
        BinaryWriter out = new BinaryWriter();
        WindowKeyFormat.write(key, out);
        Bytes bytes = Bytes.wrap(out.toByteArray());
        for (ReadOnlyKeyValueStore<Bytes, byte[]> store : stores) {
            byte[] found = store.get(bytes);
            if (found != null) {
                return TotalRow.read(new BinaryReader(found));
            }
        }
        return null;
    }

    private static Bytes lowerBound(WindowSize size, long startMs) {
        return Bytes.wrap(WindowKeyFormat.lowerBound(WindowKeyFormat.group(size, startMs)));
    }
}
