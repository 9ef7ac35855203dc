package io.weir.app.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.topology.PartitionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of the records read, by input, outcome, reason and partition. */
final class EventCounters {
    private static final MetricMetadata NAME =
            new MetricMetadata("weir_events", "Records read since the first start, by what became of them.");

    private EventCounters() {}

    static CounterSnapshot of(Map<Integer, PartitionProgress> inputs) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        inputs.forEach((partition, progress) -> {
            for (EventType input : EventType.values()) {
                add(points, partition.toString(), input, progress.ledger());
            }
        });
        return new CounterSnapshot(NAME, points);
    }

    /** Reasons that never occurred are there as zeros: the first increase of a series that appears is invisible. */
    private static void add(List<CounterDataPointSnapshot> points, String partition, EventType input, Ledger ledger) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.REJECTED) {
                Labels labels = Labels.of("input", input.plural(), "outcome", outcome.label(), "partition", partition);
                points.add(new CounterDataPointSnapshot(ledger.get(input, outcome), labels, null, 0));
            }
        }
        for (Rejection reason : Rejection.values()) {
            Labels labels = Labels.of(
                    "input", input.plural(),
                    "outcome", Outcome.REJECTED.label(),
                    "partition", partition,
                    "reason", reason.label());
            points.add(new CounterDataPointSnapshot(ledger.get(input, reason), labels, null, 0));
        }
    }
}
