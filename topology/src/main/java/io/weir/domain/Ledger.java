package io.weir.domain;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the records that were read, counted by input. Read = accepted + duplicate + late + rejected holds by
 * construction: there is no way to count a record but by its outcome. Not thread-safe.
 */
public final class Ledger {
    private final long[][] outcomes = new long[EventType.values().length][Outcome.values().length];
    private final long[][] rejections = new long[EventType.values().length][Rejection.values().length];

    /** Counts one record that was not rejected. */
    public void count(EventType input, Outcome outcome) {
        add(input, outcome, 1);
    }

    /** Counts one rejected record. */
    public void countRejected(EventType input, Rejection reason) {
        addRejected(input, reason, 1);
    }

    /** Counts {@code records} with an outcome other than {@link Outcome#REJECTED}. */
    public void add(EventType input, Outcome outcome, long records) {
        if (outcome == Outcome.REJECTED) {
            throw new IllegalArgumentException("a rejected record needs a reason");
        }
        outcomes[input.ordinal()][outcome.ordinal()] += records;
    }

    /** Counts {@code records} that were rejected for this reason. */
    public void addRejected(EventType input, Rejection reason, long records) {
        outcomes[input.ordinal()][Outcome.REJECTED.ordinal()] += records;
        rejections[input.ordinal()][reason.ordinal()] += records;
    }

    /** Adds all that another ledger has counted. */
    public void add(Ledger other) {
        for (int input = 0; input < outcomes.length; input++) {
            for (int i = 0; i < outcomes[input].length; i++) {
                outcomes[input][i] += other.outcomes[input][i];
            }
            for (int i = 0; i < rejections[input].length; i++) {
                rejections[input][i] += other.rejections[input][i];
            }
        }
    }

    /** The records of this input with this outcome. */
    public long get(EventType input, Outcome outcome) {
        return outcomes[input.ordinal()][outcome.ordinal()];
    }

    /** The records of this input that were rejected for this reason. */
    public long get(EventType input, Rejection reason) {
        return rejections[input.ordinal()][reason.ordinal()];
    }

    /** All records of this input. */
    public long read(EventType input) {
        long sum = 0;
        for (long count : outcomes[input.ordinal()]) {
            sum += count;
        }
        return sum;
    }

    /** All records of all inputs. */
    public long read() {
        long sum = 0;
        for (EventType input : EventType.values()) {
            sum += read(input);
        }
        return sum;
    }

    /** The rejected records of this input by reason; reasons that never occurred are left out. */
    public Map<Rejection, Long> rejectedByReason(EventType input) {
        Map<Rejection, Long> byReason = new EnumMap<>(Rejection.class);
        for (Rejection reason : Rejection.values()) {
            if (get(input, reason) != 0) {
                byReason.put(reason, get(input, reason));
            }
        }
        return byReason;
    }
}
