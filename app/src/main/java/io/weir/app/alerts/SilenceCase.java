package io.weir.app.alerts;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether nothing at all is read of one input though by the hour before it should, while another input goes on. Not
 * thread-safe.
 */
final class SilenceCase {
    private static final long[] LENGTHS_MS = {60_000, 120_000, 300_000, 600_000, 1_800_000};
    private static final long[] SUSPECTED_MS = {10_000, 20_000, 30_000, 60_000};
    private static final long SUSPECTED_EXPECTED = 7;
    private static final long RECENT_PAST_MS = 600_000;
    private static final long LEAST_PAST_MS = 180_000;
    private static final long PAST_MS = 3_600_000;

    private final InputCourse course;
    private @Nullable Raised raised;

    private record Raised(long sinceMs, double perMs) {}

    SilenceCase(InputCourse course) {
        this.course = course;
    }

    /** @param others how many records of other inputs were read */
    void look(Timeline timeline, ShareCase.Count others) {
        int now = timeline.newest();
        Raised known = raised;
        if (known == null) {
            raised = find(timeline, others);
        } else if (course.read(Math.max(timeline.notBefore(known.sinceMs()), timeline.oldest()), now) > 0) {
            raised = null;
        }
    }

    /** The past has changed, since some of it was of partitions that have gone: an alert stays if it still follows. */
    void judgeAnew(Timeline timeline, ShareCase.Count others) {
        Raised known = raised;
        if (known != null) {
            Raised found = find(timeline, others);
            raised = found == null ? null : new Raised(known.sinceMs(), found.perMs());
        }
    }

    private @Nullable Raised find(Timeline timeline, ShareCase.Count others) {
        int now = timeline.newest();
        for (long lengthMs : LENGTHS_MS) {
            int from = timeline.before(now, lengthMs);
            if (from < 0 || course.read(from, now) > 0 || !goOn(others, from, timeline)) {
                continue;
            }
            int past = timeline.notBefore(timeline.timeMs(from) - PAST_MS);
            long pastMs = timeline.watchedMs(past, from);
            long read = course.read(past, from);
            if (pastMs >= LEAST_PAST_MS
                    && Chance.ofSoFew(0, timeline.watchedMs(from, now), read, pastMs) < DropDetection.GREATEST_CHANCE) {
                return new Raised(timeline.timeMs(from), (double) read / pastMs);
            }
        }
        return null;
    }

    /**
     * Whether there was something in both halves: a pipeline that stood still may read one input first when it goes on.
     */
    private static boolean goOn(ShareCase.Count others, int from, Timeline timeline) {
        int now = timeline.newest();
        int middle = timeline.before(now, timeline.watchedMs(from, now) / 2);
        return others.between(from, middle) > 0 && others.between(middle, now) > 0;
    }

    /** True while there is an alert. */
    boolean isRaised() {
        return raised != null;
    }

    /**
     * True if there was nothing for so long that something should have come, though not yet long enough for an alert.
     */
    boolean isSuspected(Timeline timeline) {
        int now = timeline.newest();
        for (long lengthMs : SUSPECTED_MS) {
            int from = timeline.before(now, lengthMs);
            int past = from < 0 ? -1 : timeline.notBefore(timeline.timeMs(from) - RECENT_PAST_MS);
            if (past >= 0
                    && past < from
                    && course.read(past, from) * timeline.watchedMs(from, now)
                            >= SUSPECTED_EXPECTED * timeline.watchedMs(past, from)) {
                return course.read(from, now) == 0;
            }
        }
        return false;
    }

    /** @return null while something comes, or nothing is expected */
    @Nullable
    Alert alert(long nowMs) {
        Raised known = raised;
        if (known == null) {
            return null;
        }
        String records = course.input().plural();
        long silentMs = nowMs - known.sinceMs();
        double expected = known.perMs() * silentMs;
        String hint = switch (course.input()) {
            case PAYMENT -> "Either nobody can pay, or payments are no longer published: look at the checkout first.";
            case VISIT -> "Either nobody can open a page, or visits are no longer published.";
            case CLICK -> "Either all campaigns have stopped, or clicks are no longer published.";
        };
        return new Alert(
                AlertName.INPUT_SILENT,
                Severity.CRITICAL,
                null,
                Instant.ofEpochMilli(known.sinceMs()),
                "no " + records + " arrive any more",
                "Not one of some " + Wording.whole(expected) + " " + records
                        + " that were to be expected has arrived for " + Wording.time(silentMs)
                        + ", while other events do. " + hint,
                Map.of("silent_seconds", silentMs / 1000, "expected_" + records, Math.round(expected)));
    }
}
