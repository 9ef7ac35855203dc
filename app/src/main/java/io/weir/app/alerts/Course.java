package io.weir.app.alerts;

import io.weir.domain.ExactSums;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How some measures of one key have grown from moment to moment of a {@link Timeline}. The sums here run on over
 * midnight and over what was not watched, so what lies between two moments is a difference. Not thread-safe.
 */
final class Course {
    private static final long HOUR_MS = 3_600_000;
    private static final Measure[] ALL = Measure.values();

    private final Map<Measure, long[]> sums = new EnumMap<>(Measure.class);
    private final int first;
    /** Of all measures, watched or not. */
    private final ExactSums hourBefore = new ExactSums(ALL.length);

    private long hourBeforeUntilMs = Long.MIN_VALUE;

    /** @param first the moment from which on the key is watched */
    Course(Set<Measure> measures, int first) {
        this.first = first;
        measures.forEach(measure -> sums.put(measure, new long[Timeline.CAPACITY]));
    }

    /** Takes in what the slot that ends at {@code moment} has brought; moments follow each other without a gap. */
    void add(int moment, Measures before, Measures now) {
        sums.forEach((measure, ring) -> ring[moment % Timeline.CAPACITY] =
                ring[(moment - 1) % Timeline.CAPACITY] + now.get(measure) - before.get(measure));
    }

    /** The same as the other course in this slot, added to what this one has there. */
    void addSlotOf(Course other, int moment) {
        sums.forEach((measure, ring) -> ring[moment % Timeline.CAPACITY] += other.between(measure, moment - 1, moment));
    }

    /** Begins the slot that ends at {@code moment} with nothing in it. */
    void openSlot(int moment) {
        sums.values().forEach(ring -> ring[moment % Timeline.CAPACITY] = ring[(moment - 1) % Timeline.CAPACITY]);
    }

    /**
     * Takes out all that another course has brought in by {@link #addSlotOf} and {@link #recall}, as if it had never been
     * watched. Both must stand at the same moment. Where the other had not begun, its ring is zero.
     */
    void takeOut(Course other) {
        sums.forEach((measure, ring) -> {
            long[] others = other.ring(measure);
            for (int i = 0; i < ring.length; i++) {
                ring[i] -= others[i];
            }
        });
        for (Measure measure : ALL) {
            hourBefore.subtract(measure.ordinal(), other.hourBefore.get(measure.ordinal()));
        }
    }

    int first() {
        return first;
    }

    /**
     * What the measure has grown by between two moments, neither before {@link #first}; a credit taken back counts −1.
     */
    long between(Measure measure, int from, int to) {
        long[] ring = ring(measure);
        return ring[to % Timeline.CAPACITY] - ring[from % Timeline.CAPACITY];
    }

    private long[] ring(Measure measure) {
        long[] ring = sums.get(measure);
        if (ring == null) {
            throw new IllegalArgumentException(measure.label() + " is not watched here");
        }
        return ring;
    }

    /**
     * What the key had in the hour before it was watched, without the last five minutes of that; zero if it is not
     * known, or too long ago at this event time.
     */
    Measures hourBefore(long timeMs) {
        return timeMs < hourBeforeUntilMs ? Measures.of(hourBefore.toArray()) : Measures.ZERO;
    }

    /** Adds what the rolling figures tell of the hour before {@code nowMs}, event time. */
    void recall(Measures measures, long nowMs) {
        for (Measure measure : ALL) {
            hourBefore.add(measure.ordinal(), measures.get(measure));
        }
        hourBeforeUntilMs = nowMs + HOUR_MS;
    }
}
