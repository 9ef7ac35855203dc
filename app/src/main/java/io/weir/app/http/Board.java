package io.weir.app.http;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.SourceFacts;
import io.weir.domain.WindowSize;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * The newest figures of the partitions that this instance owns, for the page, the API and the metrics. Thread-safe and
 * bounded; stream threads write, any thread reads.
 */
public final class Board implements FiguresListener {
    /** The busiest keys first; keys of equal visitors in their own order. */
    private static final Comparator<WindowRow> BY_VISITORS = Comparator.comparingLong(
                    (WindowRow row) -> row.measures().get(Measure.VISITORS))
            .reversed()
            .thenComparing(WindowRow::key, DimensionKey.ORDER);

    /**
     * How far one input partition has come.
     *
     * @param ledger must not be changed
     * @param streamTimeMs {@link Long#MIN_VALUE} before the first accepted event
     */
    public record InputProgress(Ledger ledger, long streamTimeMs) {}

    private final Map<Integer, NewestWindows> totals = new ConcurrentHashMap<>();
    private final Map<Integer, Long> watermarks = new ConcurrentHashMap<>();
    private final Map<Integer, InputProgress> inputs = new ConcurrentHashMap<>();

    @Override
    public void rowChanged(int totalsPartition, WindowRow row, Measures before) {
        totals.computeIfAbsent(totalsPartition, partition -> new NewestWindows())
                .put(row);
    }

    @Override
    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {
        totals.computeIfAbsent(totalsPartition, partition -> new NewestWindows());
        watermarks.put(totalsPartition, watermarkMs);
    }

    @Override
    public void totalsRevoked(int totalsPartition) {
        totals.remove(totalsPartition);
        watermarks.remove(totalsPartition);
    }

    @Override
    public void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {
        inputs.put(progress.partition(), new InputProgress(progress.ledger(), progress.streamTimeMs()));
    }

    @Override
    public void inputRevoked(int inputPartition) {
        inputs.remove(inputPartition);
    }

    /** How far each input partition that this instance reads has come, by partition. */
    public SortedMap<Integer, InputProgress> inputs() {
        return new TreeMap<>(inputs);
    }

    /** How many totals partitions this instance is known to own: those that have told of a row or a watermark. */
    public int ownedTotals() {
        return totals.size();
    }

    /** Up to which event time all owned figures are complete, milliseconds; empty before the first watermark. */
    public OptionalLong watermarkMs() {
        return watermarks.values().stream().mapToLong(Long::longValue).min();
    }

    /** The greatest event time accepted on any owned input partition, milliseconds; empty before the first event. */
    public OptionalLong streamTimeMs() {
        return inputs.values().stream()
                .mapToLong(InputProgress::streamTimeMs)
                .filter(timeMs -> timeMs != Long.MIN_VALUE)
                .max();
    }

    /**
     * The first instant of the window of this size that is current: the newest that the watermark has reached, so that
     * one event ahead of its time does not turn the page, or the newest of all when it has reached none. Empty when
     * there is no row.
     */
    public OptionalLong currentStartMs(WindowSize size) {
        long watermarkMs = watermarkMs().orElse(Long.MAX_VALUE);
        OptionalLong reached =
                starts(size).filter(startMs -> startMs <= watermarkMs).max();
        return reached.isPresent() ? reached : starts(size).max();
    }

    private LongStream starts(WindowSize size) {
        return totals.values().stream()
                .flatMap(windows -> windows.starts(size).stream())
                .mapToLong(Long::longValue);
    }

    /** The rows of one dimension in the window that starts then, most visitors first. */
    public List<WindowRow> rows(WindowSize size, long startMs, Dimension dimension) {
        List<WindowRow> rows = new ArrayList<>();
        totals.values().forEach(windows -> rows.addAll(windows.rows(size, startMs, dimension)));
        rows.sort(BY_VISITORS);
        return rows;
    }
}
