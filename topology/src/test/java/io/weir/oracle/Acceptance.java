package io.weir.oracle;

import io.weir.domain.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rows count, and what became of the others.
 *
 * @param accepted the rows that count, in arrival order, with null for every blank text
 * @param late the rows that came too late, as they came, in arrival order
 * @param rejected the rows that are not valid, as they came, in arrival order
 * @param counts by input: {@code click}, {@code visit}, {@code payment}
 */
public record Acceptance(
        List<EventRow> accepted, List<EventRow> late, List<EventRow> rejected, Map<String, Counts> counts) {

    /** What the rules call the same event: of the visitor, by type and id. */
    private record Identity(String visitorId, String type, String id) {
        static Identity of(EventRow row) {
            return new Identity(row.visitorId(), row.type(), row.id());
        }
    }

    /** Accepts every valid row, however late; of rows with the same visitor, type and id the first. */
    public static Acceptance ofAll(List<EventRow> arrivals, OracleSettings settings) {
        Tally tally = new Tally();
        Set<Identity> seen = new HashSet<>();
        for (EventRow arrival : arrivals) {
            EventRow row = arrival.withBlanksAbsent();
            Rejection rejection = Validity.rejectionOf(row, settings);
            if (rejection != null) {
                tally.reject(arrival, rejection);
            } else if (seen.add(Identity.of(row))) {
                tally.accept(row);
            } else {
                tally.duplicate(row);
            }
        }
        return tally.result();
    }

    /**
     * Accepts the rows of <em>one partition</em> as they arrive: a row that is not valid is rejected; otherwise one
     * whose identity stands among the open events is a duplicate; otherwise one before stream time − grace is late.
     * Stream time is what it was before the row.
     */
    public static Acceptance inArrivalOrder(List<EventRow> arrivals, OracleSettings settings) {
        Tally tally = new Tally();
        Map<Identity, Long> lastAcceptedMs = new HashMap<>();
        long openFromMs = Long.MIN_VALUE;
        for (EventRow arrival : arrivals) {
            EventRow row = arrival.withBlanksAbsent();
            Rejection rejection = Validity.rejectionOf(row, settings);
            if (rejection != null) {
                tally.reject(arrival, rejection);
            } else if (lastAcceptedMs.getOrDefault(Identity.of(row), Long.MIN_VALUE) >= openFromMs
                    && lastAcceptedMs.containsKey(Identity.of(row))) {
                tally.duplicate(row);
            } else if (row.timeMs() < openFromMs) {
                tally.late(arrival);
            } else {
                tally.accept(row);
                lastAcceptedMs.put(Identity.of(row), row.timeMs());
                openFromMs =
                        Math.max(openFromMs, row.timeMs() - settings.grace().toMillis());
            }
        }
        return tally.result();
    }

    /** Both partitions' rows and counts. */
    public Acceptance plus(Acceptance other) {
        Map<String, Counts> sums = new HashMap<>(counts);
        other.counts.forEach((type, more) -> sums.merge(type, more, Counts::plus));
        return new Acceptance(
                both(accepted, other.accepted), both(late, other.late), both(rejected, other.rejected), sums);
    }

    private static List<EventRow> both(List<EventRow> ones, List<EventRow> others) {
        List<EventRow> rows = new ArrayList<>(ones);
        rows.addAll(others);
        return rows;
    }

    /** Collects rows and counts. */
    private static final class Tally {
        private final List<EventRow> accepted = new ArrayList<>();
        private final List<EventRow> late = new ArrayList<>();
        private final List<EventRow> rejected = new ArrayList<>();
        private final Map<String, Counts> counts = new HashMap<>(
                Map.of(EventRow.CLICK, Counts.NONE, EventRow.VISIT, Counts.NONE, EventRow.PAYMENT, Counts.NONE));

        void accept(EventRow row) {
            accepted.add(row);
            add(row, new Counts(1, 0, 0, Map.of()));
        }

        void duplicate(EventRow row) {
            add(row, new Counts(0, 1, 0, Map.of()));
        }

        void late(EventRow row) {
            late.add(row);
            add(row, new Counts(0, 0, 1, Map.of()));
        }

        void reject(EventRow row, Rejection rejection) {
            rejected.add(row);
            add(row, new Counts(0, 0, 0, Map.of(rejection.label(), 1L)));
        }

        private void add(EventRow row, Counts one) {
            counts.merge(row.type(), one, Counts::plus);
        }

        Acceptance result() {
            return new Acceptance(List.copyOf(accepted), List.copyOf(late), List.copyOf(rejected), Map.copyOf(counts));
        }
    }
}
