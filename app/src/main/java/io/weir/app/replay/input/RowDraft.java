package io.weir.app.replay.input;

import io.weir.domain.EventType;
import io.weir.domain.Rejection;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Row} of an event's fields. A blank required text is passed on as it is, for the pipeline to reject. A
 * number or time that is null makes a {@link Row.Rejected}; when more is missing than that, the reason is the one that
 * comes first in {@link Rejection}.
 */
final class RowDraft {
    private RowDraft() {}

    static Row click(
            String id,
            String visitorId,
            String productId,
            String source,
            @Nullable String campaignId,
            @Nullable Long costMicros,
            @Nullable Instant time) {
        if (costMicros == null || time == null) {
            Rejection number = costMicros == null ? Rejection.MISSING_COST : Rejection.MISSING_EVENT_TIME;
            Rejection text = source.isEmpty() ? Rejection.MISSING_SOURCE : number;
            return new Row.Rejected(EventType.CLICK, firstMissing(id, visitorId, productId, text));
        }
        Click click = new Click(id, visitorId, productId, source, campaignId, costMicros, time);
        return new Row.Occurred(PastEvent.of(click));
    }

    static Row visit(
            String id,
            String visitorId,
            String productId,
            @Nullable String source,
            @Nullable String campaignId,
            @Nullable String clickId,
            @Nullable Instant time) {
        if (time == null) {
            Rejection reason = firstMissing(id, visitorId, productId, Rejection.MISSING_EVENT_TIME);
            return new Row.Rejected(EventType.VISIT, reason);
        }
        Visit visit = new Visit(id, visitorId, productId, source, campaignId, clickId, time);
        return new Row.Occurred(PastEvent.of(visit));
    }

    static Row payment(
            String id,
            String orderId,
            String visitorId,
            String productId,
            @Nullable Long quantity,
            @Nullable Long amountMicros,
            @Nullable Instant time) {
        if (quantity == null || amountMicros == null || time == null) {
            Rejection number = quantity == null
                    ? Rejection.MISSING_QUANTITY
                    : amountMicros == null ? Rejection.MISSING_AMOUNT : Rejection.MISSING_EVENT_TIME;
            Rejection text = orderId.isEmpty() ? Rejection.MISSING_ORDER_ID : number;
            return new Row.Rejected(EventType.PAYMENT, firstMissing(id, visitorId, productId, text));
        }
        Payment payment = new Payment(id, orderId, visitorId, productId, quantity, amountMicros, time);
        return new Row.Occurred(PastEvent.of(payment));
    }

    private static Rejection firstMissing(String id, String visitorId, String productId, Rejection otherwise) {
        if (id.isEmpty()) {
            return Rejection.MISSING_ID;
        }
        if (visitorId.isEmpty()) {
            return Rejection.MISSING_VISITOR_ID;
        }
        return productId.isEmpty() ? Rejection.MISSING_PRODUCT_ID : otherwise;
    }
}
