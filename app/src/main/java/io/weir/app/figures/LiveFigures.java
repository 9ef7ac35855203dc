package io.weir.app.figures;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.ExactSums;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The figures shown now, of the partitions that this instance owns, for the page, the API and the metrics. Thread-safe
 * and bounded; stream threads write, any thread reads.
 *
 * <p>Sums and numbers of keys are over all keys and exact. Rows are held of the most important keys only: of each totals
 * partition, period and dimension at least {@code mostRows} where there are that many, at most twice as many. The minutes
 * that are held share these, and so do the days; but each has at least a twentieth, so that of very many minutes there
 * can be four times as many rows. A dropped key comes back when it changes.
 *
 * <p>Nothing is shown of a totals partition before its first watermark, which comes when all of it has been told.
 */
public final class LiveFigures implements FiguresListener {
    /** A row takes some 200 bytes, its key's texts not counted. A twentieth are as many as can be asked for at once. */
    public static final int MOST_ROWS = 20_000;

    private static final Measure[] MEASURES = Measure.values();
    private static final long MINUTE_MS = 60_000;

    /** A partition moves on once a minute; that one does so in each of several short moments does not happen. */
    private static final int ATTEMPTS = 3;

    private final Set<WindowSize> windows;
    private final ZoneId zone;
    private final long graceMs;
    private final Comparator<Figure> keepFirst;
    private final int mostRows;
    private final Map<Integer, PartitionFigures> totals = new ConcurrentHashMap<>();
    private final Map<Integer, Input> inputs = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();

    private record Input(PartitionProgress progress, Map<String, SourceFacts> facts) {}

    /**
     * @param windows which tumbling windows are computed; periods that are one of the others are not known
     * @param zone whose calendar days are meant
     * @param keepFirst the most important keys first: whose rows are held
     * @param mostRows see above
     */
    public LiveFigures(Set<WindowSize> windows, ZoneId zone, long graceMs, Comparator<Figure> keepFirst, int mostRows) {
        this.windows = windows;
        this.zone = zone;
        this.graceMs = graceMs;
        this.keepFirst = keepFirst;
        this.mostRows = mostRows;
    }

    @Override
    public void rowChanged(int totalsPartition, WindowRow row, Measures before) {
        partition(totalsPartition).put(row, before);
    }

    @Override
    public void rollingChanged(
            int totalsPartition, RollingWindow window, DimensionKey key, Measures measures, Measures before) {
        partition(totalsPartition).put(window, key, measures, before);
    }

    @Override
    public void rollingAdvanced(int totalsPartition, long watermarkMs, List<RollingChange> changes) {
        partition(totalsPartition).advance(watermarkMs, changes);
    }

    @Override
    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {
        partition(totalsPartition).advance(watermarkMs);
    }

    @Override
    public void totalsRevoked(int totalsPartition) {
        revocations.incrementAndGet();
        totals.remove(totalsPartition);
    }

    @Override
    public void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {
        inputs.put(progress.partition(), new Input(progress, facts));
    }

    @Override
    public void inputRevoked(int inputPartition) {
        inputs.remove(inputPartition);
    }

    private PartitionFigures partition(int totalsPartition) {
        return totals.computeIfAbsent(
                totalsPartition, none -> new PartitionFigures(new Windowing(windows, zone), mostRows, keepFirst));
    }

    /** Up to which event time all owned figures are complete, milliseconds; empty before the first watermark. */
    public OptionalLong watermarkMs() {
        return whole().values().stream()
                .mapToLong(partition -> partition.watermarkMs().orElse(Long.MAX_VALUE))
                .min();
    }

    /** How far the owned partition that is farthest ahead has come, milliseconds; empty before the first watermark. */
    public OptionalLong furthestMs() {
        return whole().values().stream()
                .mapToLong(partition -> partition.watermarkMs().orElse(Long.MIN_VALUE))
                .max();
    }

    /** The greatest event time accepted on any owned input partition, milliseconds; empty before the first event. */
    public OptionalLong streamTimeMs() {
        return inputs.values().stream()
                .mapToLong(input -> input.progress().streamTimeMs())
                .filter(timeMs -> timeMs != Long.MIN_VALUE)
                .max();
    }

    /** How far each input partition that this instance reads has come; not to be changed. */
    public SortedMap<Integer, PartitionProgress> inputs() {
        SortedMap<Integer, PartitionProgress> progress = new TreeMap<>();
        inputs.forEach((partition, input) -> progress.put(partition, input.progress()));
        return progress;
    }

    /** What the sources have cost and brought on each input partition that this instance reads; not to be changed. */
    public SortedMap<Integer, Map<String, SourceFacts>> facts() {
        SortedMap<Integer, Map<String, SourceFacts>> facts = new TreeMap<>();
        inputs.forEach((partition, input) -> facts.put(partition, input.facts()));
        return facts;
    }

    /** The totals partitions that this instance owns and whose figures are here. */
    public Set<Integer> ownedTotals() {
        return new TreeSet<>(whole().keySet());
    }

    /** How many times a totals partition was revoked: as long as this stays, what is read belongs together. */
    public long revocations() {
        return revocations.get();
    }

    /** Where the period lies by the least watermark; empty while that or any owned partition's part is not known. */
    public Optional<Span> span(Period period) {
        return span(period, Long.MAX_VALUE);
    }

    /**
     * The same as it was at an earlier watermark, a few minutes back at most.
     *
     * @param atMostMs taken for the watermark if it is less
     */
    public Optional<Span> span(Period period, long atMostMs) {
        OptionalLong watermarkMs = watermarkMs();
        if (watermarkMs.isEmpty()) {
            return Optional.empty();
        }
        Span span = spanAt(period, Math.min(watermarkMs.getAsLong(), atMostMs));
        boolean known = whole().values().stream().allMatch(partition -> partition.knows(period, span));
        return known ? Optional.of(span) : Optional.empty();
    }

    /**
     * What is read of a period while no partition moves on in it or leaves it behind, so that all of it is of one stretch of
     * time; empty while that is not known.
     *
     * @param atMostMs as for {@link #span(Period, long)}
     */
    public <T> Optional<T> read(Period period, long atMostMs, Function<Span, T> reading) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Span> span = span(period, atMostMs);
            if (span.isEmpty()) {
                return Optional.empty();
            }
            T found = reading.apply(span.get());
            if (span.equals(span(period, atMostMs))) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Where the period lies at this watermark, whether or not its figures are here. */
    public Span spanAt(Period period, long watermarkMs) {
        RollingWindow rolling = period.rolling();
        long startMs;
        long endMs;
        if (period == Period.TODAY) {
            Windowing days = new Windowing(Set.of(WindowSize.DAY), zone);
            startMs = days.startMs(WindowSize.DAY, watermarkMs);
            endMs = days.endMs(WindowSize.DAY, watermarkMs);
        } else {
            endMs = watermarkMs - Math.floorMod(watermarkMs, MINUTE_MS);
            startMs = endMs - (rolling == null ? 1 : rolling.minutes()) * MINUTE_MS;
        }
        return new Span(startMs, endMs, endMs <= watermarkMs - graceMs);
    }

    /** The first {@code limit} keys of the dimension in this order; nothing while the period is not known. */
    public Standing standing(Period period, Dimension dimension, Comparator<Figure> order, int limit) {
        return standing(period, Long.MAX_VALUE, dimension, order, limit);
    }

    /** The same in the period as it was at an earlier watermark; rolling windows have no past and are not known then. */
    public Standing standing(Period period, long atMostMs, Dimension dimension, Comparator<Figure> order, int limit) {
        return read(period, atMostMs, span -> {
                    Standing all = sum(partition -> partition.standing(period, span.startMs(), dimension));
                    return new Standing(all.keys(), all.sum(), First.of(all.rows(), order, limit));
                })
                .orElse(Standing.EMPTY);
    }

    /**
     * The same for these keys, in no order. Those that have no figure are zero; those that may have one which is not
     * held on the heap are left out.
     */
    public Standing standing(Period period, Dimension dimension, Collection<DimensionKey> keys) {
        return standing(period, Long.MAX_VALUE, dimension, keys);
    }

    private Standing standing(Period period, long atMostMs, Dimension dimension, Collection<DimensionKey> keys) {
        return read(period, atMostMs, span -> standingIn(span, period, dimension, keys))
                .orElse(Standing.EMPTY);
    }

    private Standing standingIn(Span span, Period period, Dimension dimension, Collection<DimensionKey> keys) {
        long startMs = span.startMs();
        Standing some = sum(partition -> partition.standing(period, startMs, dimension, keys));
        boolean all = whole().values().stream().allMatch(partition -> partition.holdsAll(period, startMs, dimension));
        if (!all || some.rows().size() == keys.size()) {
            return some;
        }
        Set<DimensionKey> missing = new HashSet<>(keys);
        some.rows().forEach(figure -> missing.remove(figure.key()));
        List<Figure> rows = new ArrayList<>(some.rows());
        missing.forEach(key -> rows.add(new Figure(key, Measures.ZERO)));
        return new Standing(some.keys(), some.sum(), rows);
    }

    private Standing sum(Function<PartitionFigures, Standing> standing) {
        long keys = 0;
        ExactSums sum = new ExactSums(MEASURES.length);
        List<Figure> rows = new ArrayList<>();
        for (PartitionFigures partition : whole().values()) {
            Standing part = standing.apply(partition);
            keys += part.keys();
            for (Measure measure : MEASURES) {
                sum.add(measure.ordinal(), part.sum().get(measure));
            }
            rows.addAll(part.rows());
        }
        return new Standing(keys, Measures.of(sum.toArray()), rows);
    }

    /** The figure of one key; empty if it has none, or it is not held on the heap. */
    public Optional<Figure> find(Period period, DimensionKey key) {
        return find(period, Long.MAX_VALUE, key);
    }

    /** The same in the period as it was at an earlier watermark. */
    public Optional<Figure> find(Period period, long atMostMs, DimensionKey key) {
        return standing(period, atMostMs, key.dimension(), List.of(key)).rows().stream()
                .filter(figure -> !figure.measures().isZero())
                .findFirst();
    }

    private SortedMap<Integer, PartitionFigures> whole() {
        SortedMap<Integer, PartitionFigures> whole = new TreeMap<>(totals);
        whole.values().removeIf(partition -> partition.watermarkMs().isEmpty());
        return whole;
    }
}
