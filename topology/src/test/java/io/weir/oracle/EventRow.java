package io.weir.oracle;

/**
 * One row of a weir event file.
 *
 * <p>Every component may be null: absent, or a field that events of this type lack. Texts are as they were read, so a
 * blank one may stand where {@link #withBlanksAbsent} puts null. Times are milliseconds since 1970, UTC.
 */
public record EventRow(
        String type,
        String id,
        String orderId,
        String visitorId,
        String productId,
        String source,
        String campaignId,
        String clickId,
        Long quantity,
        Long amountMicros,
        Long costMicros,
        Long timeMs) {

    public static final String CLICK = "click";
    public static final String VISIT = "visit";
    public static final String PAYMENT = "payment";

    public static EventRow click(
            String id,
            String visitorId,
            String productId,
            String source,
            String campaignId,
            long costMicros,
            long timeMs) {
        return new EventRow(
                CLICK, id, null, visitorId, productId, source, campaignId, null, null, null, costMicros, timeMs);
    }

    public static EventRow visit(
            String id,
            String visitorId,
            String productId,
            String source,
            String campaignId,
            String clickId,
            long timeMs) {
        return new EventRow(
                VISIT, id, null, visitorId, productId, source, campaignId, clickId, null, null, null, timeMs);
    }

    /** A payment whose order has this line only: its order_id is made from its id. */
    public static EventRow payment(
            String id, String visitorId, String productId, long quantity, long amountMicros, long timeMs) {
        return new EventRow(
                PAYMENT, id, "o-" + id, visitorId, productId, null, null, null, quantity, amountMicros, null, timeMs);
    }

    /** The same payment as a line of this order. */
    public EventRow withOrderId(String newOrderId) {
        return new EventRow(
                type,
                id,
                newOrderId,
                visitorId,
                productId,
                source,
                campaignId,
                clickId,
                quantity,
                amountMicros,
                costMicros,
                timeMs);
    }

    /** The same event under another id. */
    public EventRow withId(String newId) {
        return new EventRow(
                type,
                newId,
                orderId,
                visitorId,
                productId,
                source,
                campaignId,
                clickId,
                quantity,
                amountMicros,
                costMicros,
                timeMs);
    }

    /** The same event at another time. */
    public EventRow withTimeMs(long newTimeMs) {
        return new EventRow(
                type,
                id,
                orderId,
                visitorId,
                productId,
                source,
                campaignId,
                clickId,
                quantity,
                amountMicros,
                costMicros,
                newTimeMs);
    }

    /** The same event of another visitor. */
    public EventRow withVisitorId(String newVisitorId) {
        return new EventRow(
                type,
                id,
                orderId,
                newVisitorId,
                productId,
                source,
                campaignId,
                clickId,
                quantity,
                amountMicros,
                costMicros,
                timeMs);
    }

    /** The same row with null for every blank text. */
    public EventRow withBlanksAbsent() {
        return new EventRow(
                type,
                nullIfBlank(id),
                nullIfBlank(orderId),
                nullIfBlank(visitorId),
                nullIfBlank(productId),
                nullIfBlank(source),
                nullIfBlank(campaignId),
                nullIfBlank(clickId),
                quantity,
                amountMicros,
                costMicros,
                timeMs);
    }

    private static String nullIfBlank(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
