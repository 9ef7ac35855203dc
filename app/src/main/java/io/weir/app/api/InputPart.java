package io.weir.app.api;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.topology.PartitionProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one input partition has come, on its way from one instance to another.
 *
 * @param streamTimeMs null before the first accepted event
 * @param inputs what became of the records, by the input's name
 */
record InputPart(@Nullable Long streamTimeMs, Map<String, Counts> inputs) {

    /** @param rejected by reason */
    record Counts(long accepted, long duplicate, long late, Map<String, Long> rejected) {}

    static InputPart of(PartitionProgress progress) {
        Map<String, Counts> inputs = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            Map<String, Long> rejected = new LinkedHashMap<>();
            progress.ledger()
                    .rejectedByReason(type)
                    .forEach((reason, records) -> rejected.put(reason.label(), records));
            inputs.put(
                    type.plural(),
                    new Counts(
                            progress.ledger().get(type, Outcome.ACCEPTED),
                            progress.ledger().get(type, Outcome.DUPLICATE),
                            progress.ledger().get(type, Outcome.LATE),
                            rejected));
        }
        long streamTimeMs = progress.streamTimeMs();
        return new InputPart(streamTimeMs == Long.MIN_VALUE ? null : streamTimeMs, inputs);
    }

    void addTo(Ledger ledger) {
        for (EventType type : EventType.values()) {
            Counts counts = inputs.getOrDefault(type.plural(), new Counts(0, 0, 0, Map.of()));
            ledger.add(type, Outcome.ACCEPTED, counts.accepted);
            ledger.add(type, Outcome.DUPLICATE, counts.duplicate);
            ledger.add(type, Outcome.LATE, counts.late);
            counts.rejected.forEach((reason, records) -> ledger.addRejected(type, Rejection.of(reason), records));
        }
    }
}
