package io.weir.app.alerts;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the share of an input's records that do not count, because they are rejected or late, is above the usual. It
 * is when of the last minute or five minutes it is at least 1 % and three times the share of the hour before, and no
 * accident; it is over when it has fallen to half of that. Not thread-safe.
 */
final class ShareCase {
    private static final long[] LENGTHS_MS = {60_000, 300_000};
    private static final long PAST_MS = 3_600_000;
    private static final double LEAST_SHARE = 0.01;
    private static final double TIMES_USUAL = 3;
    private static final double LEAST_USUAL = 0.002;
    private static final long LEAST_RECORDS = 20;
    private static final double ALARMING_SHARE = 0.2;

    /** Of how many records it is so between two moments. */
    interface Count {
        long between(int from, int to);
    }

    private final AlertName name;
    private final InputCourse course;
    private final Count count;
    private @Nullable Raised raised;

    private record Raised(double limit, double usual, long sinceMs, long bad, long read, long lengthMs) {}

    ShareCase(AlertName name, InputCourse course, Count count) {
        this.name = name;
        this.course = course;
        this.count = count;
    }

    /** Looks at the newest moment, wall-clock time. */
    void look(Timeline timeline) {
        Raised known = raised;
        raised = known == null ? find(timeline) : follow(timeline, known);
    }

    private @Nullable Raised find(Timeline timeline) {
        int now = timeline.newest();
        for (long lengthMs : LENGTHS_MS) {
            int from = Math.max(timeline.before(now, lengthMs), timeline.oldest());
            int past = timeline.notBefore(timeline.timeMs(from) - PAST_MS);
            long bad = count.between(from, now);
            long read = course.read(from, now);
            long pastRead = course.read(past, from);
            double usual = pastRead == 0 ? 0 : (double) count.between(past, from) / pastRead;
            double limit = Math.max(LEAST_SHARE, TIMES_USUAL * usual);
            if (bad >= LEAST_RECORDS
                    && bad >= limit * read
                    && isStillSo(timeline, limit)
                    && Chance.ofSoMany(bad, read, Math.max(usual, LEAST_USUAL)) < DropDetection.GREATEST_CHANCE) {
                return new Raised(limit, usual, timeline.timeMs(from), bad, read, timeline.watchedMs(from, now));
            }
        }
        return null;
    }

    private boolean isStillSo(Timeline timeline, double limit) {
        int now = timeline.newest();
        int from = Math.max(timeline.before(now, LENGTHS_MS[0]), timeline.oldest());
        long bad = count.between(from, now);
        return bad > 0 && bad >= limit * course.read(from, now);
    }

    private @Nullable Raised follow(Timeline timeline, Raised known) {
        int now = timeline.newest();
        int from = Math.max(timeline.before(now, LENGTHS_MS[0]), timeline.oldest());
        long bad = count.between(from, now);
        long read = course.read(from, now);
        return bad <= known.limit() / 2 * read
                ? null
                : new Raised(known.limit(), known.usual(), known.sinceMs(), bad, read, timeline.watchedMs(from, now));
    }

    /** Null while all is as usual. */
    @Nullable
    Alert alert() {
        Raised known = raised;
        if (known == null) {
            return null;
        }
        double share = (double) known.bad() / known.read();
        boolean late = name == AlertName.LATE_HIGH;
        String records = course.input().plural();
        return new Alert(
                name,
                share >= ALARMING_SHARE ? Severity.CRITICAL : Severity.WARNING,
                null,
                Instant.ofEpochMilli(known.sinceMs()),
                tenths(share) + " of the " + records + (late ? " come too late to count" : " are rejected"),
                Wording.whole(known.bad()) + " of the " + Wording.whole(known.read()) + " " + records
                        + " read in the last " + Wording.time(known.lengthMs())
                        + (late ? " were late" : " were rejected") + "; in the hour before it was "
                        + tenths(known.usual()) + ". "
                        + (late
                                ? "Late events are in the late-events topic and change no figure."
                                : "They are in the dead-letter topic, each with its reason."),
                Map.of(
                        "window_seconds",
                        known.lengthMs() / 1000,
                        "records",
                        known.read(),
                        late ? "late" : "rejected",
                        known.bad(),
                        "share",
                        Math.round(share * 10_000) / 10_000.0,
                        "usual_share",
                        Math.round(known.usual() * 10_000) / 10_000.0));
    }

    private static String tenths(double share) {
        return Math.round(share * 1000) / 10.0 + " %";
    }
}
