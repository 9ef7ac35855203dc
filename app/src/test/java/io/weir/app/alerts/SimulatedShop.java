package io.weir.app.alerts;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A shop whose visits and payments are drawn from Poisson distributions second by second, and the watch on it. What
 * happens to it is up to the test. Days are those of UTC.
 */
final class SimulatedShop implements WatchedFigures {
    private static final long DAY_MS = 86_400_000;
    private static final long LATENCY_MS = 2_000;

    private static final Comparator<Figure> BY_VISITS = Comparator.<Figure>comparingLong(
                    figure -> -figure.measures().get(Measure.VISITS))
            .thenComparing(Figure::key, DimensionKey.ORDER);

    /** The visits of one product from one source. */
    static final class Lane {
        final String product;
        final String source;
        double visitsPerSecond;
        double conversion;
        /** Of the visits, those that come from a paid click; clicks that do not land come on top. */
        double paidShare = 0;

        double landingRate = 0.9;
        private final double[] due = new double[4 * 3600];

        Lane(String product, String source, double visitsPerSecond, double conversion) {
            this.product = product;
            this.source = source;
            this.visitsPerSecond = visitsPerSecond;
            this.conversion = conversion;
        }
    }

    private record Change(
            Lane lane, Measure measure, @Nullable EventType type, long by) {}

    final List<Lane> lanes = new ArrayList<>();
    /** What all visits are multiplied by at a time. */
    DoubleUnaryOperator rhythm = timeMs -> 1;
    /** How long after a visit its payment comes, on average; exponentially distributed. */
    double delaySeconds = 20;
    /** The pipeline stands still: what happens is not seen until it goes on. */
    boolean stalled = false;
    /** A thread has failed and its partitions are being restored. */
    boolean restoring = false;
    /** Records of this kind are not published any more. */
    final Set<EventType> cutOff = new HashSet<>();
    /** Records of this kind are published, and not read yet. */
    final Set<EventType> heldBack = new HashSet<>();

    Set<Integer> owned = Set.of(0);
    /** Keys that belong to another instance. */
    Predicate<DimensionKey> others = key -> false;

    final Map<DimensionKey, Measures> hoursBefore = new HashMap<>();

    private final Random random;
    private final Map<DimensionKey, Tally> today = new HashMap<>();
    private final List<Change> unseen = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final Watch watch;
    private final long startMs;
    private long nowMs;
    private long watermarkMs;

    SimulatedShop(long seed, long startMs) {
        this(seed, startMs, DropDetection.GREATEST_CHANCE);
    }

    SimulatedShop(long seed, long startMs, double greatestChance) {
        this.random = new Random(seed);
        this.startMs = startMs;
        this.nowMs = startMs;
        this.watermarkMs = startMs - LATENCY_MS;
        this.watch = new Watch(this, startMs, greatestChance);
    }

    Lane lane(String product, String source, double visitsPerSecond, double conversion) {
        Lane lane = new Lane(product, source, visitsPerSecond, conversion);
        lanes.add(lane);
        return lane;
    }

    long nowMs() {
        return nowMs;
    }

    List<Alert> alerts() {
        return watch.alerts();
    }

    /** Lets this much time pass, second by second. */
    void pass(long seconds) {
        for (long i = 0; i < seconds; i++) {
            second();
        }
    }

    /** Lets time pass until there is an alert; false if there was none within so many seconds. */
    boolean passUntilAlert(long seconds) {
        for (long i = 0; i < seconds && alerts().isEmpty(); i++) {
            second();
        }
        return !alerts().isEmpty();
    }

    private void second() {
        nowMs += 1_000;
        lanes.forEach(this::happen);
        if (!stalled) {
            goOn();
        }
        watch.look(nowMs);
    }

    /** Lets what has happened be seen. */
    private void goOn() {
        long before = dayStart(watermarkMs);
        watermarkMs = nowMs - LATENCY_MS;
        if (dayStart(watermarkMs) != before) {
            today.clear();
        }
        List<Change> seen = unseen.stream()
                .filter(change -> !heldBack.contains(input(change)))
                .toList();
        unseen.removeIf(change -> !heldBack.contains(input(change)));
        seen.forEach(this::count);
    }

    private static EventType input(Change change) {
        return change.type() == null ? EventType.VISIT : change.type();
    }

    private void count(Change change) {
        if (change.type() != null) {
            ledger.add(change.type(), Outcome.ACCEPTED, change.by());
        }
        List.of(
                        DimensionKey.TOTAL,
                        DimensionKey.product(change.lane().product),
                        DimensionKey.source(change.lane().source))
                .forEach(key -> today.computeIfAbsent(key, none -> new Tally()).add(change.measure(), change.by()));
    }

    private static long dayStart(long timeMs) {
        return timeMs - Math.floorMod(timeMs, DAY_MS);
    }

    private void happen(Lane lane) {
        double pace = lane.visitsPerSecond * rhythm.applyAsDouble(nowMs);
        long paid = poisson(pace * lane.paidShare);
        long landings = 0;
        for (long i = 0; i < paid; i++) {
            landings += random.nextDouble() < lane.landingRate ? 1 : 0;
        }
        long visits = poisson(pace * (1 - lane.paidShare)) + landings;
        int second = (int) (nowMs / 1_000 % lane.due.length);
        long payments = (long) lane.due[second];
        lane.due[second] = 0;
        for (long i = 0; i < visits; i++) {
            if (random.nextDouble() < lane.conversion) {
                double delay = Math.min(-delaySeconds * Math.log(1 - random.nextDouble()), lane.due.length - 2);
                lane.due[(second + 1 + (int) delay) % lane.due.length]++;
            }
        }
        see(lane, Measure.CLICKS, EventType.CLICK, paid);
        see(lane, Measure.LANDINGS, null, landings);
        see(lane, Measure.VISITS, EventType.VISIT, visits);
        see(lane, Measure.PAYMENTS, EventType.PAYMENT, payments);
    }

    private void see(Lane lane, Measure measure, @Nullable EventType type, long count) {
        Change change = new Change(lane, measure, type, count);
        if (count > 0 && !cutOff.contains(input(change))) {
            unseen.add(change);
        }
    }

    /** Has records rejected. */
    void reject(EventType type, long count) {
        ledger.addRejected(type, Rejection.UNDECODABLE, count);
    }

    /** Has events come too late. */
    void late(EventType type, long count) {
        ledger.add(type, Outcome.LATE, count);
    }

    /** Knuth's method, in pieces that do not underflow. */
    private long poisson(double mean) {
        long count = 0;
        for (double left = mean; left > 0; left -= 30) {
            double limit = Math.exp(-Math.min(left, 30));
            double product = random.nextDouble();
            while (product > limit) {
                count++;
                product *= random.nextDouble();
            }
        }
        return count;
    }

    @Override
    public OptionalLong watermarkMs() {
        return watermarkMs < startMs || owned.isEmpty() || restoring
                ? OptionalLong.empty()
                : OptionalLong.of(watermarkMs);
    }

    @Override
    public Set<Integer> ownedTotals() {
        return restoring ? Set.of() : owned;
    }

    @Override
    public OptionalLong dayStartMs() {
        return OptionalLong.of(dayStart(watermarkMs));
    }

    @Override
    public List<Figure> today(Dimension dimension, int limit) {
        return today.entrySet().stream()
                .filter(each -> each.getKey().dimension() == dimension && !others.test(each.getKey()))
                .map(each -> new Figure(each.getKey(), each.getValue().toMeasures()))
                .sorted(BY_VISITS)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Figure> today(Dimension dimension, Set<DimensionKey> keys) {
        return keys.stream()
                .map(key -> new Figure(
                        key,
                        others.test(key)
                                ? Measures.ZERO
                                : today.getOrDefault(key, new Tally()).toMeasures()))
                .toList();
    }

    @Override
    public Optional<Measures> hourBefore(DimensionKey key) {
        return Optional.ofNullable(hoursBefore.get(key));
    }

    @Override
    public Map<Integer, Ledger> ledgers() {
        Ledger copy = new Ledger();
        copy.add(ledger);
        return Map.of(0, copy);
    }
}
