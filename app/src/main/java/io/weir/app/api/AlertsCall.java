package io.weir.app.api;

import io.weir.app.api.Gathering.LocalCall;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code alerts}: what the instances raise the alarm about. Thread-safe. */
final class AlertsCall {
    static final String PATH = "alerts";

    private static final Comparator<AlertLine> MOST_SEVERE_FIRST = Comparator.comparing(
                    (AlertLine alert) -> !alert.severity().equals("critical"))
            .thenComparing(AlertLine::since)
            .thenComparing(AlertLine::name)
            .thenComparing(alert -> Subject.of(alert).toString());

    private final OwnTotals own;
    private final AlertSource alerts;
    private final Gathering gathering;

    /** What an alert is about: of two instances that say the same, one is enough. */
    private record Subject(
            String name,
            @Nullable String dimension,
            @Nullable String product,
            @Nullable String source,
            @Nullable String campaign) {
        static Subject of(AlertLine alert) {
            return new Subject(alert.name(), alert.dimension(), alert.product(), alert.source(), alert.campaign());
        }
    }

    AlertsCall(OwnTotals own, AlertSource alerts, Gathering gathering) {
        this.own = own;
        this.alerts = alerts;
        this.gathering = gathering;
    }

    CompletableFuture<AlertsAnswer> answer(Question question) {
        question.allowOnly(List.of());
        return Aligned.gather(
                        gathering,
                        atMostMs -> new LocalCall<>(Half.TOTALS, PATH, AlertsPart.class, this::part),
                        question)
                .thenApply(all -> new AlertsAnswer(
                        Lines.timeOrNull(all.watermarkMs()),
                        merge(all.parts().stream().map(AlertsPart::alerts).toList())));
    }

    /** What this instance contributes. */
    AlertsPart part(Question question) {
        question.allowOnly(List.of());
        return part();
    }

    private AlertsPart part() {
        return own.read((partitions, watermarkMs) -> new AlertsPart(partitions, watermarkMs, alerts.alerts()));
    }

    /** Each subject once, since when the first has said so. */
    static List<AlertLine> merge(Collection<List<AlertLine>> parts) {
        Map<Subject, AlertLine> first = new LinkedHashMap<>();
        parts.stream()
                .flatMap(List::stream)
                .forEach(alert -> first.merge(Subject.of(alert), alert, AlertsCall::earlier));
        return first.values().stream().sorted(MOST_SEVERE_FIRST).toList();
    }

    private static AlertLine earlier(AlertLine one, AlertLine other) {
        return other.since().compareTo(one.since()) < 0 ? other : one;
    }
}
