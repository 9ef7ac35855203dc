package io.weir.app.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import java.util.List;

/** What became of one input's records, over all partitions: read = accepted + duplicate + late + rejected. */
@JsonNaming(SnakeCaseStrategy.class)
public record Input(long read, long accepted, long duplicate, long late, long rejected, List<Reason> rejectedByReason) {

    /**
     * Records that were rejected for one reason.
     *
     * @param meaning one sentence for people
     */
    public record Reason(String reason, String meaning, long records) {}

    static Input of(EventType type, Ledger ledger) {
        List<Reason> reasons = ledger.rejectedByReason(type).entrySet().stream()
                .map(entry -> new Reason(entry.getKey().label(), entry.getKey().meaning(), entry.getValue()))
                .toList();
        return new Input(
                ledger.read(type),
                ledger.get(type, Outcome.ACCEPTED),
                ledger.get(type, Outcome.DUPLICATE),
                ledger.get(type, Outcome.LATE),
                ledger.get(type, Outcome.REJECTED),
                reasons);
    }
}
