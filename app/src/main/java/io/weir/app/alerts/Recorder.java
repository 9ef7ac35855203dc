package io.weir.app.alerts;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how the shop, its sources and its busiest products go on, in slots of event time.
 *
 * <p>A slot counts only if the figures were current at its end and kept pace with the clock: while a pipeline stands
 * still there is no slot, and what it catches up with afterwards belongs to none, since one input may then be read
 * ahead of another. Not thread-safe.
 */
final class Recorder {
    private static final long SLOT_MS = 4_000;
    private static final long CURRENT_MS = 60_000;
    private static final long CATCHING_UP_MS = 15_000;
    private static final long HOUR_MS = 3_600_000;
    private static final int PRODUCTS = 300;
    private static final int SOURCES = 50;

    private static final Set<Measure> OF_ALL = EnumSet.of(Measure.VISITS, Measure.PAYMENTS);
    private static final Set<Measure> OF_SOURCES =
            EnumSet.of(Measure.VISITS, Measure.PAYMENTS, Measure.CLICKS, Measure.LANDINGS, Measure.COST_MICROS);

    private final WatchedFigures figures;
    private final double greatestChance;
    private Set<Integer> owned = Set.of();
    private Timeline timeline = new Timeline(0);
    private final Map<Dimension, Courses> courses = new EnumMap<>(Dimension.class);
    private long watermarkMs;
    private long dayStartMs;
    private long lookedMs;

    /** @param greatestChance how probable an accident may be that is taken for a drop */
    Recorder(WatchedFigures figures, double greatestChance) {
        this.figures = figures;
        this.greatestChance = greatestChance;
    }

    /** What has come of a look. */
    enum Look {
        /** A slot was added. */
        SLOT,
        /** Nothing new that counts. */
        NOTHING,
        /** This instance owns other keys than before; those that it no longer owns are forgotten. */
        OTHER_KEYS
    }

    /** Looks at the figures; to be called every second or so. */
    Look look(long nowMs) {
        OptionalLong newWatermarkMs = figures.watermarkMs();
        OptionalLong newDayStartMs = figures.dayStartMs();
        Set<Integer> nowOwned = new HashSet<>(figures.ownedTotals());
        if (nowOwned.isEmpty() && !owned.isEmpty()) {
            owned = nowOwned;
            courses.clear();
            return Look.OTHER_KEYS;
        }
        if (newWatermarkMs.isEmpty() || newDayStartMs.isEmpty()) {
            return Look.NOTHING;
        }
        boolean otherKeys = !nowOwned.equals(owned);
        if (!otherKeys && newWatermarkMs.getAsLong() < watermarkMs + SLOT_MS) {
            return Look.NOTHING;
        }
        if (courses.isEmpty()) {
            begin(newWatermarkMs.getAsLong());
        }
        Map<Dimension, Courses.Reading> readings = new EnumMap<>(Dimension.class);
        courses.forEach((dimension, all) -> readings.put(dimension, all.read(figures)));
        if (!figures.dayStartMs().equals(newDayStartMs)
                || !figures.ownedTotals().equals(nowOwned)) {
            return Look.NOTHING;
        }
        owned = nowOwned;
        return take(readings, newWatermarkMs.getAsLong(), newDayStartMs.getAsLong(), nowMs, otherKeys);
    }

    private void begin(long startMs) {
        timeline = new Timeline(startMs);
        courses.put(Dimension.TOTAL, new Courses(Dimension.TOTAL, OF_ALL, 1));
        courses.put(Dimension.SOURCE, new Courses(Dimension.SOURCE, OF_SOURCES, SOURCES));
        courses.put(Dimension.PRODUCT, new Courses(Dimension.PRODUCT, OF_ALL, PRODUCTS));
    }

    private Look take(
            Map<Dimension, Courses.Reading> readings,
            long newWatermarkMs,
            long newDayStartMs,
            long nowMs,
            boolean otherKeys) {
        boolean counts = !otherKeys
                && nowMs - newWatermarkMs <= CURRENT_MS
                && newWatermarkMs - watermarkMs <= nowMs - lookedMs + CATCHING_UP_MS;
        if (counts) {
            long fromMs = newDayStartMs == dayStartMs ? watermarkMs : Math.max(watermarkMs, newDayStartMs);
            timeline.add(newWatermarkMs, newWatermarkMs - fromMs);
        }
        readings.forEach((dimension, reading) ->
                courses(dimension).take(reading, newDayStartMs, newWatermarkMs, timeline.newest(), counts));
        if (otherKeys) {
            courses.values().forEach(each -> each.recall(figures, timeline.newest(), newWatermarkMs));
        }
        watermarkMs = newWatermarkMs;
        dayStartMs = newDayStartMs;
        lookedMs = nowMs;
        if (otherKeys) {
            return Look.OTHER_KEYS;
        }
        return counts ? Look.SLOT : Look.NOTHING;
    }

    private Courses courses(Dimension dimension) {
        Courses found = courses.get(dimension);
        if (found == null) {
            throw new IllegalArgumentException(dimension.label() + " is not watched");
        }
        return found;
    }

    /** Up to which event time the slots go. */
    long timeMs() {
        return watermarkMs;
    }

    /** What is watched of this dimension. */
    Set<DimensionKey> keys(Dimension dimension) {
        return courses(dimension).keys();
    }

    /** The watched products that were paid most often as far back as is known, at most this many. */
    List<DimensionKey> bestSellers(int most) {
        return courses(Dimension.PRODUCT).bestBy(Measure.PAYMENTS, timeline, most);
    }

    /**
     * The test of one key by one rule; null if the key is not watched.
     *
     * @param notBeforeMs what was before this event time is past, whatever it was
     */
    @Nullable
    DropDetection test(DropRule rule, DimensionKey key, long notBeforeMs) {
        Courses all = courses.get(key.dimension());
        Course course = all == null ? null : all.course(key);
        return all == null || course == null
                ? null
                : new DropDetection(timeline, rule, key, course, all.all(), notBeforeMs, greatestChance);
    }

    /** What the key has had of a measure over the last {@code lengthMs}, or since it is watched. */
    long lately(DimensionKey key, Measure measure, long lengthMs) {
        Courses all = courses.get(key.dimension());
        Course course = all == null ? null : all.course(key);
        if (course == null) {
            return 0;
        }
        int from = Math.max(course.first(), timeline.before(timeline.newest(), lengthMs));
        return course.between(measure, Math.max(from, timeline.oldest()), timeline.newest());
    }
}
