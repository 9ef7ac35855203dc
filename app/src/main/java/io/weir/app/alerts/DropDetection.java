package io.weir.app.alerts;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whether one key has less of late than its own past lets expect. Short and long stretches are looked at, since a great
 * drop shows in a short one and a small one, or one of a small product, only in a long one.
 *
 * <p>What is expected is the least of what each of these says, and the chance of an accident the greatest:
 *
 * <ul>
 *   <li>the time that has passed: so a sudden rise of visits whose payments are still to come is no drop;
 *   <li>what it comes from, visits or clicks, of late or over the last minutes: so a quiet hour is none, nor is the
 *       lack of payments some minutes after one of visits;
 *   <li>what the other keys had: so what befalls all is not said of each.
 * </ul>
 *
 * Each of these is a test of its own, and a drop must pass all. That is an intersection-union test: as long as the key
 * still does as well as ever by one of them, it alarms at most as often as that one would. Counts are divided by the
 * dispersion of the key's past, if that is greater than that of a Poisson process, as is usual in the surveillance of
 * counts.
 *
 * <ol>
 *   <li>R. Berger: Multiparameter hypothesis testing and acceptance sampling. Technometrics 24, 1982.
 *   <li>C. Farrington, N. Andrews, A. Beale, M. Catchpole: A statistical algorithm for the early detection of outbreaks
 *       of infectious disease. Journal of the Royal Statistical Society A 159, 1996.
 * </ol>
 *
 * Not thread-safe.
 */
final class DropDetection {
    /**
     * Less probable than this must an accident be. By the sum over 21,600 looks a day, ten lengths and the 350 keys
     * that are watched at most, that is below 0.8 false alarms a day whatever the looks have in common; since they have
     * nearly everything in common and three tests must agree, it is hundreds of times fewer.
     */
    static final double GREATEST_CHANCE = 1e-8;

    static final long[] LENGTHS_MS = {
        30_000, 45_000, 60_000, 90_000, 120_000, 180_000, 300_000, 600_000, 1_200_000, 1_800_000
    };

    /** Below this no drop can be told from chance, so it is not worth the arithmetic. */
    private static final double LEAST_EXPECTED = 15;

    private static final long LEAST_PAST_MS = 180_000;
    private static final double LEAST_PAST_COUNT = 20;
    private static final double LEAST_CONTROL_COUNT = 20;
    /** What is older is no past to compare with. */
    private static final long PAST_MS = 3_900_000;
    /** From an hour before the first moment to five minutes before it. */
    private static final long HOUR_BEFORE_MS = 3_300_000;

    /** What counts as the last minutes before, for what must be sudden. */
    private static final long NEAR_PAST_MS = 600_000;

    private static final long LEAST_NEAR_PAST_MS = 120_000;
    /** The shortest stretch by which it is judged whether a drop goes on. */
    private static final long FOLLOWED_MS = 45_000;

    private static final double ENOUGH_EXPECTED = 20;
    private static final double TOO_LITTLE_EXPECTED = 5;
    private static final long BLOCK_MS = 4_000;
    /** Over how much time before a stretch what payments come from is averaged, besides not at all. */
    private static final long[] LAGS_MS = {300_000, 900_000};

    private final Timeline timeline;
    private final DropRule rule;
    private final DimensionKey key;
    private final Course course;
    private final Course all;
    private final double greatestChance;
    private final int earliest;
    private final int now;
    private final int first;

    /**
     * @param all the keys of the dimension together, this one among them
     * @param notBeforeMs no stretch of late begins before this event time
     * @param greatestChance less probable than this must an accident be
     */
    DropDetection(
            Timeline timeline,
            DropRule rule,
            DimensionKey key,
            Course course,
            Course all,
            long notBeforeMs,
            double greatestChance) {
        this.timeline = timeline;
        this.rule = rule;
        this.key = key;
        this.course = course;
        this.all = all;
        this.greatestChance = greatestChance;
        this.now = timeline.newest();
        this.earliest = timeline.notBefore(notBeforeMs);
        this.first = Math.max(course.first(), timeline.notBefore(timeline.timeMs(now) - PAST_MS));
    }

    /**
     * The least probable drop over all lengths; null if there is none that is too improbable, or it is over already.
     */
    @Nullable
    Drop find() {
        Drop worst = null;
        for (long lengthMs : LENGTHS_MS) {
            int from = lengthMs < rule.shortestMs() ? -1 : timeline.before(now, lengthMs);
            if (from > first && from >= earliest) {
                Drop drop = drop(from, past(from));
                if (drop != null && (worst == null || drop.chance() < worst.chance())) {
                    worst = drop;
                }
            }
        }
        Drop latest = worst == null ? null : follow(worst.past());
        return latest == null || latest.share() < rule.leastDrop() ? null : worst;
    }

    private @Nullable Drop drop(int from, Stretch past) {
        Stretch recent = stretch(from, now);
        if (past.ms() < LEAST_PAST_MS || past.counted() < LEAST_PAST_COUNT) {
            return null;
        }
        double expected = Math.min(expected(from, recent, past), past.counted() * recent.ms() / past.ms());
        if (expected < LEAST_EXPECTED || recent.counted() > (1 - rule.leastDrop()) * expected) {
            return null;
        }
        double dispersion = dispersion(from);
        double chance = Math.max(
                chance(from, recent, past, dispersion),
                chance(recent.counted(), recent.ms(), past.counted(), past.ms(), dispersion));
        if (rule.isSudden()) {
            Stretch near = nearPast(from);
            expected = Math.min(expected, near.counted() * recent.ms() / near.ms());
            chance = Math.max(chance, chance(recent.counted(), recent.ms(), near.counted(), near.ms(), dispersion));
        }
        boolean drops = chance < greatestChance && recent.counted() <= (1 - rule.leastDrop()) * expected;
        return drops ? new Drop(rule, key, recent, past, expected, chance, timeline.timeMs(from)) : null;
    }

    /**
     * What there is of late, compared with a past that a drop was found against before.
     *
     * @return over the shortest stretch in which enough is expected; null while too little is
     */
    @Nullable
    Drop follow(Stretch past) {
        Drop longest = null;
        for (long lengthMs : LENGTHS_MS) {
            int from = lengthMs < FOLLOWED_MS ? -1 : timeline.before(now, lengthMs);
            if (from < course.first()) {
                continue;
            }
            Stretch recent = stretch(from, now);
            double expected = expected(from, recent, past);
            if (rule.per() == null) {
                expected = Math.min(expected, past.counted() * recent.ms() / past.ms());
            }
            double chance = chance(from, recent, past, 1);
            longest = new Drop(rule, key, recent, past, expected, chance, timeline.timeMs(from));
            if (expected >= ENOUGH_EXPECTED) {
                return longest;
            }
        }
        return longest == null || longest.expected() < TOO_LITTLE_EXPECTED ? null : longest;
    }

    /** By all but time. */
    private double expected(int from, Stretch recent, Stretch past) {
        double expected = Double.POSITIVE_INFINITY;
        if (rule.per() != null) {
            expected = past.per() <= 0 ? 0 : past.counted() * source(from, recent) / past.per();
        }
        if (hasControl(past)) {
            expected = Math.min(expected, past.counted() * recent.control() / past.control());
        }
        return expected;
    }

    private double chance(int from, Stretch recent, Stretch past, double dispersion) {
        double chance = 0;
        if (rule.per() != null) {
            chance = chance(recent.counted(), source(from, recent), past.counted(), past.per(), dispersion);
        }
        if (hasControl(past)) {
            chance = Math.max(
                    chance, chance(recent.counted(), recent.control(), past.counted(), past.control(), dispersion));
        }
        return chance;
    }

    private static double chance(
            double count, double exposure, double pastCount, double pastExposure, double dispersion) {
        return Chance.ofSoFew(count / dispersion, exposure, pastCount / dispersion, pastExposure);
    }

    private boolean hasControl(Stretch past) {
        return key.dimension() != Dimension.TOTAL && past.control() >= LEAST_CONTROL_COUNT;
    }

    /** What the count comes from: at the pace of late, or of the last minutes where that was slower. */
    private double source(int from, Stretch recent) {
        Measure per = rule.per();
        if (per == null) {
            return 0;
        }
        double least = recent.per();
        for (long lagMs : LAGS_MS) {
            int lagged = timeline.before(from, lagMs);
            int start = Math.max(Math.max(lagged, course.first()), timeline.oldest());
            double pace = (double) course.between(per, start, now) / timeline.watchedMs(start, now);
            least = Math.min(least, pace * recent.ms());
        }
        return least;
    }

    private Stretch stretch(int from, int to) {
        Measure per = rule.per();
        return new Stretch(
                timeline.watchedMs(from, to),
                course.between(rule.counted(), from, to),
                per == null ? 0 : course.between(per, from, to),
                all.between(rule.control(), from, to) - course.between(rule.control(), from, to));
    }

    private Stretch past(int to) {
        Stretch watched = stretch(first, to);
        Measure per = rule.per();
        Measures before = course.hourBefore(timeline.timeMs(now));
        if (before.isZero()) {
            return watched;
        }
        Measures allBefore = all.hourBefore(timeline.timeMs(now));
        return watched.plus(new Stretch(
                HOUR_BEFORE_MS,
                before.get(rule.counted()),
                per == null ? 0 : before.get(per),
                allBefore.get(rule.control()) - before.get(rule.control())));
    }

    private Stretch nearPast(int to) {
        int from = Math.max(first, timeline.before(to, NEAR_PAST_MS));
        return timeline.watchedMs(from, to) < LEAST_NEAR_PAST_MS ? past(to) : stretch(from, to);
    }

    /**
     * How much more the counts of the past spread than those of a Poisson process, at least 1, over blocks of some
     * seconds: half the mean square of what Pearson's residuals change by from block to block, so that a trend is no
     * spread; less two standard errors, so that a short past does not make it greater by accident.
     */
    private double dispersion(int to) {
        double counted = course.between(rule.counted(), first, to);
        double exposure = exposure(first, to).orElse(0);
        double squares = 0;
        int changes = 0;
        double previous = Double.NaN;
        int end = to;
        for (int start = to - 1; start >= first && counted > 0 && exposure > 0; start--) {
            if (timeline.watchedMs(start, end) >= BLOCK_MS) {
                OptionalDouble blockExposure = exposure(start, end);
                if (blockExposure.isPresent()) {
                    double expected = counted * blockExposure.getAsDouble() / exposure;
                    double residual = (course.between(rule.counted(), start, end) - expected) / Math.sqrt(expected);
                    if (!Double.isNaN(previous)) {
                        squares += (residual - previous) * (residual - previous);
                        changes++;
                    }
                    previous = residual;
                }
                end = start;
            }
        }
        return changes == 0 ? 1 : Math.max(1, squares / (2.0 * changes) - 2 * Math.sqrt(3.0 / changes));
    }

    private OptionalDouble exposure(int from, int to) {
        Measure per = rule.per();
        double exposure = per == null ? timeline.watchedMs(from, to) : course.between(per, from, to);
        return exposure > 0 ? OptionalDouble.of(exposure) : OptionalDouble.empty();
    }
}
