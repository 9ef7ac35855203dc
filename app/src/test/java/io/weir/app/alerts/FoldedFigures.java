package io.weir.app.alerts;

import io.weir.app.figures.Figure;
import io.weir.domain.Contributions;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import io.weir.domain.Journey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Payment;
import io.weir.domain.Rules;
import io.weir.domain.Tally;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The figures of events as the pipeline would show them at once, by the domain core alone: one partition, no Kafka. */
final class FoldedFigures implements WatchedFigures, Contributions {
    private static final Comparator<Figure> BY_VISITS = Comparator.<Figure>comparingLong(
                    figure -> -figure.measures().get(Measure.VISITS))
            .thenComparing(Figure::key, DimensionKey.ORDER);

    private final Rules rules = new Rules(
            Duration.ofMinutes(10).toMillis(),
            Duration.ofMinutes(30).toMillis(),
            Duration.ofDays(7).toMillis());
    private final Windowing windowing = new Windowing(EnumSet.of(WindowSize.DAY), ZoneOffset.UTC);
    private final Map<String, Journey> journeys = new HashMap<>();
    private final Ledger ledger = new Ledger();
    private final Map<Dimension, Map<DimensionKey, Tally>> today = new EnumMap<>(Dimension.class);
    private long streamTimeMs = Journey.NO_STREAM_TIME;
    private long dayStartMs = Long.MIN_VALUE;

    void accept(Event event) {
        Journey journey = journeys.computeIfAbsent(event.visitorId(), id -> new Journey(rules, windowing));
        Outcome outcome = journey.assess(event, streamTimeMs);
        if (outcome == Outcome.REJECTED) {
            throw new IllegalArgumentException("rejected: " + event);
        }
        ledger.count(event.type(), outcome);
        if (outcome == Outcome.ACCEPTED) {
            long startMs = windowing.startMs(WindowSize.DAY, event.timeMs());
            if (startMs != dayStartMs) {
                dayStartMs = startMs;
                today.clear();
            }
            journey.accept(event, this);
            streamTimeMs = Math.max(streamTimeMs, event.timeMs());
        }
    }

    private Tally tally(DimensionKey key) {
        return today.computeIfAbsent(key.dimension(), none -> new HashMap<>())
                .computeIfAbsent(key, none -> new Tally());
    }

    @Override
    public void click(DimensionKey key, long timeMs, long costMicros) {
        tally(key).add(Measure.CLICKS, 1);
        tally(key).add(Measure.COST_MICROS, costMicros);
    }

    @Override
    public void landing(DimensionKey key, long timeMs, int sign) {
        tally(key).add(Measure.LANDINGS, sign);
    }

    @Override
    public void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign) {
        tally(key).add(Measure.VISITS, sign);
    }

    @Override
    public void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign) {
        tally(key).add(Measure.PAYMENTS, sign);
    }

    @Override
    public OptionalLong watermarkMs() {
        return streamTimeMs == Journey.NO_STREAM_TIME ? OptionalLong.empty() : OptionalLong.of(streamTimeMs);
    }

    @Override
    public Set<Integer> ownedTotals() {
        return Set.of(0);
    }

    @Override
    public OptionalLong dayStartMs() {
        return dayStartMs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(dayStartMs);
    }

    @Override
    public List<Figure> today(Dimension dimension, int limit) {
        return today.getOrDefault(dimension, Map.of()).entrySet().stream()
                .map(FoldedFigures::figure)
                .sorted(BY_VISITS)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Figure> today(Dimension dimension, Set<DimensionKey> keys) {
        return today.getOrDefault(dimension, Map.of()).entrySet().stream()
                .filter(each -> keys.contains(each.getKey()))
                .map(FoldedFigures::figure)
                .toList();
    }

    private static Figure figure(Map.Entry<DimensionKey, Tally> each) {
        return new Figure(each.getKey(), each.getValue().toMeasures());
    }

    @Override
    public Optional<Measures> hourBefore(DimensionKey key) {
        return Optional.empty();
    }

    @Override
    public Map<Integer, Ledger> ledgers() {
        Ledger copy = new Ledger();
        copy.add(ledger);
        return Map.of(0, copy);
    }
}
