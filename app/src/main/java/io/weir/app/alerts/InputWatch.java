package io.weir.app.alerts;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Watches what becomes of the records of the inputs, by the wall clock: rejected records move no event time. Only of
 * partitions that this instance reads; one that comes or goes counts from then on. Not thread-safe.
 */
final class InputWatch {
    private static final long SLOT_MS = 5_000;

    private final WatchedFigures figures;
    private final Timeline timeline;
    private final Map<EventType, InputCourse> courses = new EnumMap<>(EventType.class);
    private final Map<EventType, SilenceCase> silences = new EnumMap<>(EventType.class);
    private final List<ShareCase> shares = new ArrayList<>();
    private Map<Integer, Ledger> ledgers = Map.of();
    private long lookedMs;

    InputWatch(WatchedFigures figures, long nowMs) {
        this.figures = figures;
        this.timeline = new Timeline(nowMs);
        this.lookedMs = nowMs;
        for (EventType input : EventType.values()) {
            InputCourse course = new InputCourse(input);
            courses.put(input, course);
            silences.put(input, new SilenceCase(course));
            shares.add(new ShareCase(AlertName.REJECTS_HIGH, course, course::rejected));
            shares.add(new ShareCase(AlertName.LATE_HIGH, course, course::late));
        }
    }

    /** Looks at the ledgers; to be called every second or so. */
    void look(long nowMs) {
        if (nowMs < lookedMs + SLOT_MS) {
            return;
        }
        timeline.add(nowMs, nowMs - lookedMs);
        lookedMs = nowMs;
        int moment = timeline.newest();
        courses.values().forEach(course -> course.openSlot(moment));
        Map<Integer, Ledger> now = figures.ledgers();
        now.forEach((partition, ledger) -> {
            Ledger before = ledgers.get(partition);
            if (before != null) {
                courses.values().forEach(course -> course.add(moment, before, ledger));
            }
        });
        ledgers = Map.copyOf(now);
        shares.forEach(share -> share.look(timeline));
        silences.forEach((input, silence) -> silence.look(timeline, (from, to) -> readOfOthers(input, from, to)));
    }

    private long readOfOthers(EventType input, int from, int to) {
        return courses.values().stream()
                .filter(course -> course.input() != input)
                .mapToLong(course -> course.read(from, to))
                .sum();
    }

    /** Whether this input has fallen silent. */
    boolean isSilent(EventType input) {
        return Objects.requireNonNull(silences.get(input)).isRaised();
    }

    /** Whether it may have: it is too early to say. */
    boolean maybeSilent(EventType input) {
        return Objects.requireNonNull(silences.get(input)).isSuspected(timeline);
    }

    /** What is wrong now, in no order. */
    List<Alert> alerts(long nowMs) {
        List<Alert> alerts = new ArrayList<>();
        for (ShareCase share : shares) {
            Alert alert = share.alert();
            if (alert != null) {
                alerts.add(alert);
            }
        }
        for (SilenceCase silence : silences.values()) {
            Alert alert = silence.alert(nowMs);
            if (alert != null) {
                alerts.add(alert);
            }
        }
        return alerts;
    }
}
