package io.weir.app.alerts;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches for drops, key by key. What two looks in a row find is raised; it stays until its {@link DropCase} is over.
 * While it may be that an input has fallen silent, it takes longer. Not thread-safe.
 */
final class DropWatch {
    private static final int BEST_SELLERS = 10;
    private static final int LOOKS = 2;
    /** So many that an input which has fallen silent is known to have by then. */
    private static final int LOOKS_WHILE_SILENT = 25;

    private static final long REMEMBERED_MS = 3_600_000;

    private final Recorder recorder;
    private final InputWatch inputs;
    private final Map<Subject, DropCase> cases = new HashMap<>();
    /** How many looks in a row have found it. */
    private final Map<Subject, Integer> suspects = new HashMap<>();

    private final Map<Subject, Long> overMs = new HashMap<>();

    private record Subject(DropRule rule, DimensionKey key) {}

    /** @param inputs tell whether an input has fallen silent: that is no drop of anybody's sales */
    DropWatch(Recorder recorder, InputWatch inputs) {
        this.recorder = recorder;
        this.inputs = inputs;
    }

    /** Takes in what the recorder has written down last. */
    void look(Recorder.Look look) {
        if (look == Recorder.Look.OTHER_KEYS) {
            suspects.clear();
            cases.keySet().removeIf(subject -> test(subject) == null);
        } else if (look == Recorder.Look.SLOT) {
            overMs.values().removeIf(endMs -> endMs < recorder.timeMs() - REMEMBERED_MS);
            cases.keySet().removeIf(this::isOutage);
            suspects.keySet().removeIf(this::isOutage);
            cases.entrySet().removeIf(each -> isOver(each.getKey(), each.getValue()));
            for (Dimension dimension : List.of(Dimension.TOTAL, Dimension.SOURCE, Dimension.PRODUCT)) {
                for (DropRule rule : DropRule.values()) {
                    if (rule.appliesTo(dimension)) {
                        look(rule, dimension);
                    }
                }
            }
        }
    }

    private boolean isOver(Subject subject, DropCase known) {
        boolean over = !known.goesOn(test(subject), recorder.timeMs());
        if (over) {
            overMs.put(subject, recorder.timeMs());
        }
        return over;
    }

    /** What was before the last alert's end is past: it must not be found again in a longer stretch. */
    private @Nullable DropDetection test(Subject subject) {
        return recorder.test(subject.rule(), subject.key(), overMs.getOrDefault(subject, Long.MIN_VALUE));
    }

    private void look(DropRule rule, Dimension dimension) {
        Iterable<DimensionKey> keys = rule == DropRule.BEST_SELLER_WITHOUT_PAYMENTS
                ? recorder.bestSellers(BEST_SELLERS)
                : recorder.keys(dimension);
        for (DimensionKey key : keys) {
            Subject subject = new Subject(rule, key);
            if (!cases.containsKey(subject) && !isSaidAlready(subject) && !isOutage(subject)) {
                suspect(subject);
            }
        }
    }

    /** A best seller whose conversion has dropped is one alert, not two. */
    private boolean isSaidAlready(Subject subject) {
        return subject.rule() == DropRule.BEST_SELLER_WITHOUT_PAYMENTS
                && cases.containsKey(new Subject(DropRule.CONVERSION_DROP, subject.key()));
    }

    private void suspect(Subject subject) {
        DropDetection test = test(subject);
        Drop drop = test == null ? null : test.find();
        if (drop == null) {
            suspects.remove(subject);
            return;
        }
        int looks = suspects.merge(subject, 1, Integer::sum);
        int needed = inputs.maybeSilent(input(subject.rule())) ? LOOKS_WHILE_SILENT : LOOKS;
        if (looks >= needed) {
            suspects.remove(subject);
            cases.put(subject, new DropCase(drop, recorder.timeMs()));
        }
    }

    private static EventType input(DropRule rule) {
        return rule.counted() == Measure.PAYMENTS ? EventType.PAYMENT : EventType.VISIT;
    }

    private boolean isOutage(Subject subject) {
        return inputs.isSilent(input(subject.rule()));
    }

    /** What is wrong now, in no order. */
    List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (DropCase known : cases.values()) {
            DimensionKey key = known.first().key();
            long visits = recorder.lately(
                    key, Measure.VISITS, (long) known.latest().recent().ms());
            alerts.add(Wording.alert(known, visits));
        }
        return alerts;
    }
}
