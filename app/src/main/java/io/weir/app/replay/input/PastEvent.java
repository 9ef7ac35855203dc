package io.weir.app.replay.input;

import io.weir.domain.EventType;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event as it is going to be published; not validated: the pipeline does that.
 *
 * @param timeMs event time, milliseconds since 1970, of any sign
 * @param value a {@link Click}, {@link Visit} or {@link Payment}
 */
public record PastEvent(EventType type, String visitorId, long timeMs, SpecificRecord value) {

    public static PastEvent of(Click click) {
        return new PastEvent(
                EventType.CLICK, click.getVisitorId(), click.getEventTime().toEpochMilli(), click);
    }

    public static PastEvent of(Visit visit) {
        return new PastEvent(
                EventType.VISIT, visit.getVisitorId(), visit.getEventTime().toEpochMilli(), visit);
    }

    public static PastEvent of(Payment payment) {
        return new PastEvent(
                EventType.PAYMENT,
                payment.getVisitorId(),
                payment.getEventTime().toEpochMilli(),
                payment);
    }
}
