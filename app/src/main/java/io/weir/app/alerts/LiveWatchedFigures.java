package io.weir.app.alerts;

import io.weir.app.figures.Figure;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.app.figures.Ranking;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The live figures as the watch sees them. */
public final class LiveWatchedFigures implements WatchedFigures {
    private static final Comparator<Figure> BY_VISITS = Ranking.by(Measure.VISITS.label(), true, 1);

    private final LiveFigures live;

    public LiveWatchedFigures(LiveFigures live) {
        this.live = live;
    }

    @Override
    public OptionalLong watermarkMs() {
        return live.watermarkMs();
    }

    @Override
    public Set<Integer> ownedTotals() {
        return live.ownedTotals();
    }

    @Override
    public OptionalLong dayStartMs() {
        return live.span(Period.TODAY)
                .map(day -> OptionalLong.of(day.startMs()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<Figure> today(Dimension dimension, int limit) {
        return live.standing(Period.TODAY, dimension, BY_VISITS, limit).rows();
    }

    @Override
    public List<Figure> today(Dimension dimension, Set<DimensionKey> keys) {
        return live.standing(Period.TODAY, dimension, keys).rows();
    }

    /**
     * The rolling hour less the rolling five minutes. Not known for the whole hour unless the rolling day holds at
     * least twice as much: a shop that was first seen within the hour would seem to have had a slow one.
     */
    @Override
    public Optional<Measures> hourBefore(DimensionKey key) {
        return live.read(Period.HOUR, Long.MAX_VALUE, span -> knownHourBefore(key))
                .flatMap(Function.identity());
    }

    private Optional<Measures> knownHourBefore(DimensionKey key) {
        Measures hour = measures(Period.HOUR, key);
        Measures day = measures(Period.DAY, key);
        if (hour.isZero() || day.get(Measure.VISITS) < 2 * hour.get(Measure.VISITS)) {
            return Optional.empty();
        }
        long[] before = hour.toArray();
        long[] lately = measures(Period.FIVE_MINUTES, key).toArray();
        for (int i = 0; i < before.length; i++) {
            before[i] -= lately[i];
        }
        return Optional.of(Measures.of(before));
    }

    private Measures measures(Period period, DimensionKey key) {
        return live.find(period, key).map(Figure::measures).orElse(Measures.ZERO);
    }

    @Override
    public Map<Integer, Ledger> ledgers() {
        Map<Integer, Ledger> ledgers = new TreeMap<>();
        live.inputs().forEach((partition, progress) -> ledgers.put(partition, progress.ledger()));
        return ledgers;
    }
}
