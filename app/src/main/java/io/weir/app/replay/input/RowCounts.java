package io.weir.app.replay.input;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Rejection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What became of the rows of a replay's files before anything was published. Not thread-safe. */
public final class RowCounts {
    private final long[] events = new long[EventType.values().length];
    private final Map<String, Long> skippedByKind = new TreeMap<>();
    private final Ledger rejected = new Ledger();
    private long unreadable = 0;

    void count(Row row) {
        if (row instanceof Row.Occurred occurred) {
            events[occurred.event().type().ordinal()]++;
        } else if (row instanceof Row.Skipped skipped) {
            skippedByKind.merge(skipped.kind(), 1L, Long::sum);
        } else if (row instanceof Row.Rejected reject) {
            rejected.countRejected(reject.input(), reject.reason());
        } else {
            unreadable++;
        }
    }

    /** Rows of this type that were events to publish. */
    public long events(EventType type) {
        return events[type.ordinal()];
    }

    /** Rows that were events to publish. */
    public long events() {
        long sum = 0;
        for (long count : events) {
            sum += count;
        }
        return sum;
    }

    /** Rows that Weir has no figure for, by what the file calls them; sorted. */
    public Map<String, Long> skippedByKind() {
        return Collections.unmodifiableMap(skippedByKind);
    }

    /** Rows that lacked a number or a time, by input and {@link Rejection}; they were never published. */
    public Ledger rejected() {
        return rejected;
    }

    /** Rows that were no event of a known type. */
    public long unreadable() {
        return unreadable;
    }

    /** All rows. */
    public long rows() {
        long skipped = 0;
        for (long count : skippedByKind.values()) {
            skipped += count;
        }
        return events() + skipped + rejected.read() + unreadable;
    }
}
