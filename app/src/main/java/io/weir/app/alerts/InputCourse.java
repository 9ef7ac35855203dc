package io.weir.app.alerts;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;

/** How many records of one input were read, and what became of them, from moment to moment. Not thread-safe. */
final class InputCourse {
    private final EventType input;
    private final long[] read = new long[Timeline.CAPACITY];
    private final long[] rejected = new long[Timeline.CAPACITY];
    private final long[] late = new long[Timeline.CAPACITY];

    InputCourse(EventType input) {
        this.input = input;
    }

    EventType input() {
        return input;
    }

    /** Begins the slot that ends at {@code moment}. */
    void openSlot(int moment) {
        for (long[] ring : new long[][] {read, rejected, late}) {
            ring[moment % Timeline.CAPACITY] = ring[(moment - 1) % Timeline.CAPACITY];
        }
    }

    /** Adds to this slot what has become of records of one partition since its ledger was {@code before}. */
    void add(int moment, Ledger before, Ledger now) {
        int at = moment % Timeline.CAPACITY;
        read[at] += now.read(input) - before.read(input);
        rejected[at] += now.get(input, Outcome.REJECTED) - before.get(input, Outcome.REJECTED);
        late[at] += now.get(input, Outcome.LATE) - before.get(input, Outcome.LATE);
    }

    /** Takes out all that the other course has, which stands at the same moment and is part of this one. */
    void takeOut(InputCourse other) {
        takeOut(read, other.read);
        takeOut(rejected, other.rejected);
        takeOut(late, other.late);
    }

    private static void takeOut(long[] ring, long[] others) {
        for (int i = 0; i < ring.length; i++) {
            ring[i] -= others[i];
        }
    }

    long read(int from, int to) {
        return read[to % Timeline.CAPACITY] - read[from % Timeline.CAPACITY];
    }

    long rejected(int from, int to) {
        return rejected[to % Timeline.CAPACITY] - rejected[from % Timeline.CAPACITY];
    }

    long late(int from, int to) {
        return late[to % Timeline.CAPACITY] - late[from % Timeline.CAPACITY];
    }
}
