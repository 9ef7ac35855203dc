package io.weir.serde;

import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Rejection;
import io.weir.domain.Visit;
import io.weir.wire.AvroWireDeserializer;
import io.weir.wire.RegistryUnavailableException;
import io.weir.wire.WireException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a record of an input topic into an event, or says why it is none.
 *
 * <p>What is checked here needs only the record itself; whether it is late or a duplicate is the journey's to say.
 */
public final class EventReader {
    private final Map<EventType, Deserializer<?>> deserializers;
    private final int maxFieldLength;
    private final VisitorNames names;

    /**
     * @param deserializers for each input; yield the generated classes of {@code io.weir.schema}
     * @param maxFieldLength how many UTF-16 characters a text may have
     * @param names what visitors are called in the events
     */
    public EventReader(Map<EventType, Deserializer<?>> deserializers, int maxFieldLength, VisitorNames names) {
        this.deserializers = deserializers;
        this.maxFieldLength = maxFieldLength;
        this.names = names;
    }

    /** What visitors are called in the events. */
    public VisitorNames names() {
        return names;
    }

    /**
     * The event that a record holds. Its key is the visitor's id; from here on the visitor is called by name.
     *
     * @param latestMs the latest event time that is not in the future, milliseconds
     * @throws RejectedException if it holds no valid event
     * @throws RegistryUnavailableException if that cannot be told because the schema registry cannot be reached
     */
    public Event read(
            EventType input,
            String topic,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value,
            long latestMs)
            throws RejectedException {
        if (value == null) {
            throw new RejectedException(Rejection.UNDECODABLE, "the record has no value");
        }
        Object decoded = decode(input, topic, headers, value);
        try {
            return checked(toEvent(input, decoded), key, latestMs);
        } catch (RejectedException e) {
            throw isVisitor(key, decoded) ? e.ofVisitorInKey() : e;
        }
    }

    private Event checked(Event event, byte @Nullable [] key, long latestMs) throws RejectedException {
        if (event.timeMs() < 0) {
            throw new RejectedException(Rejection.EVENT_TIME_NEGATIVE);
        }
        if (event.timeMs() > latestMs) {
            throw new RejectedException(Rejection.EVENT_TIME_IN_FUTURE);
        }
        byte[] visitorId = event.visitorId().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(key, visitorId)) {
            throw new RejectedException(Rejection.WRONG_KEY);
        }
        return names.rename(event, visitorId);
    }

    /** Whether this key is the id of the visitor whom the decoded record names. */
    private static boolean isVisitor(byte @Nullable [] key, Object decoded) {
        String visitorId = null;
        if (decoded instanceof io.weir.schema.Click click) {
            visitorId = click.getVisitorId();
        } else if (decoded instanceof io.weir.schema.Visit visit) {
            visitorId = visit.getVisitorId();
        } else if (decoded instanceof io.weir.schema.Payment payment) {
            visitorId = payment.getVisitorId();
        }
        return visitorId != null
                && !visitorId.isBlank()
                && Arrays.equals(key, visitorId.getBytes(StandardCharsets.UTF_8));
    }

    private Object decode(EventType input, String topic, Headers headers, byte[] value) throws RejectedException {
        Deserializer<?> deserializer = deserializers.get(input);
        if (deserializer == null) {
            throw new IllegalStateException("no deserializer for " + input.plural());
        }
        try {
            Object decoded = deserializer.deserialize(topic, headers, value);
            if (decoded == null) {
                throw new RejectedException(Rejection.UNDECODABLE, "the deserializer returned nothing");
            }
            return decoded;
        } catch (WireException e) {
            Rejection reason = switch (e.fault()) {
                case UNDECODABLE -> Rejection.UNDECODABLE;
                case UNKNOWN_SCHEMA -> Rejection.UNKNOWN_SCHEMA;
                case WRONG_SCHEMA -> Rejection.WRONG_SCHEMA;
            };
            boolean inOwnWords = deserializer instanceof AvroWireDeserializer || e.getCause() == null;
            throw new RejectedException(reason, inOwnWords ? String.valueOf(e.getMessage()) : told(e));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw rejectionOf(e);
        }
    }

    /** Other deserializers say neither what is wrong with a record nor that nothing is. */
    private RejectedException rejectionOf(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof RetriableException) {
                throw new RegistryUnavailableException(
                        "the event deserializer could not reach what it depends on: " + cause, failure);
            }
        }
        return new RejectedException(Rejection.UNDECODABLE, told(failure));
    }

    /**
     * What a deserializer that is not Weir's own says. Some quote what they cannot read, so where visitors go by
     * pseudonyms these are the kinds of its exceptions alone.
     */
    private String told(RuntimeException failure) {
        if (!names.arePseudonyms()) {
            return String.valueOf(failure.getMessage());
        }
        StringBuilder kinds = new StringBuilder(failure.getClass().getName());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            kinds.append(", by ").append(cause.getClass().getName());
        }
        return kinds.toString();
    }

    private Event toEvent(EventType input, Object decoded) throws RejectedException {
        if (input == EventType.CLICK && decoded instanceof io.weir.schema.Click click) {
            return click(click);
        }
        if (input == EventType.VISIT && decoded instanceof io.weir.schema.Visit visit) {
            return visit(visit);
        }
        if (input == EventType.PAYMENT && decoded instanceof io.weir.schema.Payment payment) {
            return payment(payment);
        }
        throw new RejectedException(
                Rejection.WRONG_SCHEMA, "a " + decoded.getClass().getName() + " among the " + input.plural());
    }

    private Click click(io.weir.schema.Click click) throws RejectedException {
        if (click.getCostMicros() < 0) {
            throw new RejectedException(Rejection.NEGATIVE_COST);
        }
        return new Click(
                required(click.getClickId(), Rejection.MISSING_ID),
                required(click.getVisitorId(), Rejection.MISSING_VISITOR_ID),
                required(click.getProductId(), Rejection.MISSING_PRODUCT_ID),
                required(click.getSource(), Rejection.MISSING_SOURCE),
                optional(click.getCampaignId()),
                click.getCostMicros(),
                timeMs(click.getEventTime()));
    }

    private Visit visit(io.weir.schema.Visit visit) throws RejectedException {
        return new Visit(
                required(visit.getVisitId(), Rejection.MISSING_ID),
                required(visit.getVisitorId(), Rejection.MISSING_VISITOR_ID),
                required(visit.getProductId(), Rejection.MISSING_PRODUCT_ID),
                optional(visit.getSource()),
                optional(visit.getCampaignId()),
                optional(visit.getClickId()),
                timeMs(visit.getEventTime()));
    }

    private Payment payment(io.weir.schema.Payment payment) throws RejectedException {
        if (payment.getQuantity() < 1) {
            throw new RejectedException(Rejection.QUANTITY_BELOW_ONE);
        }
        if (payment.getAmountMicros() < 0) {
            throw new RejectedException(Rejection.NEGATIVE_AMOUNT);
        }
        return new Payment(
                required(payment.getPaymentId(), Rejection.MISSING_ID),
                required(payment.getOrderId(), Rejection.MISSING_ORDER_ID),
                required(payment.getVisitorId(), Rejection.MISSING_VISITOR_ID),
                required(payment.getProductId(), Rejection.MISSING_PRODUCT_ID),
                payment.getQuantity(),
                payment.getAmountMicros(),
                timeMs(payment.getEventTime()));
    }

    private String required(@Nullable String text, Rejection ifMissing) throws RejectedException {
        String present = optional(text);
        if (present == null) {
            throw new RejectedException(ifMissing);
        }
        return present;
    }

    private @Nullable String optional(@Nullable String text) throws RejectedException {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > maxFieldLength) {
            throw new RejectedException(
                    Rejection.FIELD_TOO_LONG, "a text of " + text.length() + " characters; at most " + maxFieldLength);
        }
        return text;
    }

    private static long timeMs(@Nullable Instant time) throws RejectedException {
        if (time == null) {
            throw new RejectedException(Rejection.MISSING_EVENT_TIME);
        }
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new RejectedException(
                    time.getEpochSecond() < 0 ? Rejection.EVENT_TIME_NEGATIVE : Rejection.EVENT_TIME_IN_FUTURE);
        }
    }
}
