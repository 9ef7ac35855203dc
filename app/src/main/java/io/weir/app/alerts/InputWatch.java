package io.weir.app.alerts;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Watches what becomes of the records of the inputs, by the wall clock: rejected records move no event time. Only of
 * partitions that this instance reads: one that comes counts from then on, and one that goes takes its past along, since
 * those that stay will not bring what it brought. Not thread-safe.
 */
final class InputWatch {
    private static final long SLOT_MS = 5_000;

    private final WatchedFigures figures;
    private final Timeline timeline;
    private final Map<EventType, InputCourse> courses = new EnumMap<>(EventType.class);
    private final Map<EventType, SilenceCase> silences = new EnumMap<>(EventType.class);
    private final List<ShareCase> shares = new ArrayList<>();
    private final Map<Integer, Read> partitions = new HashMap<>();
    private long lookedMs;

    /** What was read of one partition since it came; takes 65 kB. */
    private static final class Read {
        private final List<InputCourse> courses =
                Arrays.stream(EventType.values()).map(InputCourse::new).toList();
        private Ledger ledger;

        Read(Ledger ledger) {
            this.ledger = ledger;
        }
    }

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
        partitions.values().forEach(read -> read.courses.forEach(course -> course.openSlot(moment)));
        boolean left = partitions.entrySet().removeIf(each -> isGone(each.getKey(), each.getValue(), now));
        now.forEach((partition, ledger) -> add(moment, partition, ledger));
        if (left) {
            silences.forEach(
                    (input, silence) -> silence.judgeAnew(timeline, (from, to) -> readOfOthers(input, from, to)));
        }
        shares.forEach(share -> share.look(timeline));
        silences.forEach((input, silence) -> silence.look(timeline, (from, to) -> readOfOthers(input, from, to)));
    }

    private boolean isGone(int partition, Read read, Map<Integer, Ledger> now) {
        if (now.containsKey(partition)) {
            return false;
        }
        read.courses.forEach(
                course -> Objects.requireNonNull(courses.get(course.input())).takeOut(course));
        return true;
    }

    private void add(int moment, int partition, Ledger ledger) {
        Read known = partitions.get(partition);
        if (known == null) {
            partitions.put(partition, new Read(ledger));
            return;
        }
        courses.values().forEach(course -> course.add(moment, known.ledger, ledger));
        known.courses.forEach(course -> course.add(moment, known.ledger, ledger));
        known.ledger = ledger;
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
