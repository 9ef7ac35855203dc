package io.weir.app.replay;

import io.weir.app.replay.input.EventSequence;
import io.weir.app.replay.input.PastEvent;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events from memory, in the order given. */
final class EventList implements EventSequence {
    private final List<PastEvent> events;
    private int next = 0;

    EventList(List<PastEvent> events) {
        this.events = events;
    }

    static PastEvent click(String id, String visitor, long timeMs) {
        return PastEvent.of(new Click(id, visitor, "p", "s", null, 1L, Instant.ofEpochMilli(timeMs)));
    }

    static PastEvent visit(String id, String visitor, long timeMs) {
        return PastEvent.of(new Visit(id, visitor, "p", null, null, null, Instant.ofEpochMilli(timeMs)));
    }

    static PastEvent visit(String id, String visitor, String source, long timeMs) {
        return PastEvent.of(new Visit(id, visitor, "p", source, source, null, Instant.ofEpochMilli(timeMs)));
    }

    static PastEvent payment(String id, String visitor, long timeMs) {
        return PastEvent.of(new Payment(id, "o" + id, visitor, "p", 1L, 1L, Instant.ofEpochMilli(timeMs)));
    }

    static List<PastEvent> drain(EventSequence events) {
        List<PastEvent> drained = new ArrayList<>();
        for (PastEvent event = events.next(); event != null; event = events.next()) {
            drained.add(event);
        }
        return drained;
    }

    @Override
    public PastEvent next() {
        return next == events.size() ? null : events.get(next++);
    }

    @Override
    public long done() {
        return next;
    }

    @Override
    public double fractionDone() {
        return events.isEmpty() ? 1 : (double) next / events.size();
    }

    @Override
    public void close() {}
}
