package io.weir.oracle;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of one input.
 *
 * @param rejectedByReason rejected records by {@link io.weir.domain.Rejection#label}; reasons that never occurred are
 *     left out
 */
public record Counts(long accepted, long duplicate, long late, Map<String, Long> rejectedByReason) {

    static final Counts NONE = new Counts(0, 0, 0, Map.of());

    public long rejected() {
        return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    public long read() {
        return accepted + duplicate + late + rejected();
    }

    /** The sums of both. */
    public Counts plus(Counts other) {
        Map<String, Long> byReason = new TreeMap<>(rejectedByReason);
        other.rejectedByReason.forEach((reason, records) -> byReason.merge(reason, records, Long::sum));
        return new Counts(accepted + other.accepted, duplicate + other.duplicate, late + other.late, byReason);
    }
}
