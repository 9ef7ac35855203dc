package io.weir.app.alerts;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The courses of the busiest keys of one dimension, and the course of all of these together. A key is watched from the
 * moment on at which it is among the busiest, and until it has not been for an hour or belongs to another instance. With
 * it goes its part of the course of all: a past of more keys than there are now would be no past to compare with. Not
 * thread-safe.
 */
final class Courses {
    private static final long KEPT_MS = 3_600_000;

    private final Dimension dimension;
    private final Set<Measure> measures;
    private final int limit;
    private final Map<DimensionKey, Entry> entries = new HashMap<>();
    private final Course all;

    private static final class Entry {
        final Course course;
        Measures today = Measures.ZERO;
        long dayStartMs = Long.MIN_VALUE;
        long amongBusiestMs = Long.MIN_VALUE;

        Entry(Course course) {
            this.course = course;
        }
    }

    /** @param limit how many keys count as the busiest; at most twice as many are watched */
    Courses(Dimension dimension, Set<Measure> measures, int limit) {
        this.dimension = dimension;
        this.measures = measures;
        this.limit = limit;
        this.all = new Course(measures, 0);
    }

    /** What the day so far holds of the busiest keys and of those that were among them. */
    Reading read(WatchedFigures figures) {
        List<Figure> busiest = figures.today(dimension, limit);
        Set<DimensionKey> others = new HashSet<>(entries.keySet());
        busiest.forEach(figure -> others.remove(figure.key()));
        return new Reading(busiest, others.isEmpty() ? List.of() : figures.today(dimension, others));
    }

    record Reading(List<Figure> busiest, List<Figure> others) {}

    /**
     * Takes in a reading.
     *
     * @param dayStartMs which day it is of
     * @param moment the newest
     * @param counts it ends the slot of that moment; if not, what has happened since the last reading was not watched
     */
    void take(Reading reading, long dayStartMs, long watermarkMs, int moment, boolean counts) {
        if (counts) {
            all.openSlot(moment);
        }
        Map<DimensionKey, Measures> today = new HashMap<>();
        reading.others().forEach(figure -> today.put(figure.key(), figure.measures()));
        for (Figure figure : reading.busiest()) {
            today.put(figure.key(), figure.measures());
            boolean known = entries.containsKey(figure.key());
            if (known || entries.size() < 2 * limit) {
                Entry entry = entries.computeIfAbsent(figure.key(), key -> new Entry(new Course(measures, moment)));
                entry.amongBusiestMs = watermarkMs;
                if (!known) {
                    entry.today = figure.measures();
                    entry.dayStartMs = dayStartMs;
                }
            }
        }
        entries.entrySet().removeIf(each -> {
            Entry entry = each.getValue();
            boolean stays = entry.amongBusiestMs >= watermarkMs - KEPT_MS
                    && grow(each.getKey(), entry, today, dayStartMs, moment, counts);
            return !stays && takeOut(entry.course, moment, counts);
        });
    }

    private boolean takeOut(Course course, int moment, boolean counts) {
        if (counts) {
            course.openSlot(moment);
        }
        all.takeOut(course);
        return true;
    }

    /** False if what the key has in this day is not known, though it had something. */
    private boolean grow(
            DimensionKey key,
            Entry entry,
            Map<DimensionKey, Measures> today,
            long dayStartMs,
            int moment,
            boolean counts) {
        boolean sameDay = entry.dayStartMs == dayStartMs;
        Measures now = today.get(key);
        if (sameDay && !entry.today.isZero() && (now == null || now.isZero())) {
            return false;
        }
        Measures known = now == null ? Measures.ZERO : now;
        if (counts && entry.course.first() < moment) {
            entry.course.add(moment, sameDay ? entry.today : Measures.ZERO, known);
            all.addSlotOf(entry.course, moment);
        }
        entry.today = known;
        entry.dayStartMs = dayStartMs;
        return true;
    }

    /** Asks what is known of the time before {@code moment} of the keys that are watched only since then. */
    void recall(WatchedFigures figures, int moment, long watermarkMs) {
        entries.forEach((key, entry) -> {
            if (entry.course.first() == moment) {
                figures.hourBefore(key).ifPresent(measures -> {
                    entry.course.recall(measures, watermarkMs);
                    all.recall(measures, watermarkMs);
                });
            }
        });
    }

    Set<DimensionKey> keys() {
        return Set.copyOf(entries.keySet());
    }

    @Nullable
    Course course(DimensionKey key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.course;
    }

    /** The keys with most of a measure as far back as is known; of equal ones in their own order. */
    List<DimensionKey> bestBy(Measure measure, Timeline timeline, int most) {
        Map<DimensionKey, Long> sums = new HashMap<>();
        entries.forEach((key, entry) -> sums.put(
                key,
                entry.course.hourBefore(timeline.timeMs(timeline.newest())).get(measure)
                        + entry.course.between(
                                measure, Math.max(entry.course.first(), timeline.oldest()), timeline.newest())));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<DimensionKey, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(DimensionKey.ORDER)))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All watched keys of the dimension together. */
    Course all() {
        return all;
    }
}
