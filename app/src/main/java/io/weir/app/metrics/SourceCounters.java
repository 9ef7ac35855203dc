package io.weir.app.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.weir.domain.SourceFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What each source has cost and has been credited with, by partition. The facts themselves say which sources are summed
 * as others, so that no counter falls when that is decided anew. A sum that is {@link SourceFacts#FULL} is left out: as a
 * counter that stands still it would say that nothing happens.
 */
final class SourceCounters {
    private static final double MICROS = 1_000_000;

    private SourceCounters() {}

    private enum Fact {
        PAID_CLICKS("paid_clicks", "Paid clicks.", 1, SourceFacts::clicks),
        SPEND("spend", "What paid clicks have cost, in the reporting currency.", MICROS, SourceFacts::costMicros),
        CREDITED_PAYMENTS(
                "credited_payments", "Payments credited, reversed ones included.", 1, SourceFacts::creditedPayments),
        CREDITED_REVENUE(
                "credited_revenue",
                "Revenue credited, in the reporting currency, reversed credits included.",
                MICROS,
                SourceFacts::creditedRevenueMicros),
        REVERSED_PAYMENTS(
                "reversed_payments",
                "Payments whose credit was taken back because an earlier event arrived later.",
                1,
                SourceFacts::reversedPayments),
        REVERSED_REVENUE(
                "reversed_revenue",
                "Revenue whose credit was taken back, in the reporting currency.",
                MICROS,
                SourceFacts::reversedRevenueMicros);

        private final MetricMetadata name;
        private final double unit;
        private final ToLongFunction<SourceFacts> value;

        Fact(String name, String help, double unit, ToLongFunction<SourceFacts> value) {
            this.name = new MetricMetadata("weir_source_" + name, help);
            this.unit = unit;
            this.value = value;
        }
    }

    static List<MetricSnapshot> of(Map<Integer, Map<String, SourceFacts>> byPartition) {
        Map<Labels, SourceFacts> facts = new LinkedHashMap<>();
        byPartition.forEach((partition, bySource) -> bySource.forEach((source, ofSource) -> {
            Labels labels = Labels.of("partition", partition.toString(), "source", LabelValue.of(source));
            facts.merge(labels, ofSource, SourceFacts::plus);
        }));
        List<MetricSnapshot> metrics = new ArrayList<>();
        for (Fact fact : Fact.values()) {
            List<CounterDataPointSnapshot> points = new ArrayList<>();
            facts.forEach((labels, sum) -> {
                long value = fact.value.applyAsLong(sum);
                if (value != SourceFacts.FULL) {
                    points.add(new CounterDataPointSnapshot(value / fact.unit, labels, null, 0));
                }
            });
            metrics.add(new CounterSnapshot(fact.name, points));
        }
        return metrics;
    }
}
