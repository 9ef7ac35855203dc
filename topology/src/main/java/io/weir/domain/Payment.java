package io.weir.domain;

/** One order line was paid: {@code quantity} units, one or more, for {@code amountMicros} in all, zero or more. */
public record Payment(
        String id, String orderId, String visitorId, String productId, long quantity, long amountMicros, long timeMs)
        implements Event {

    @Override
    public EventType type() {
        return EventType.PAYMENT;
    }

    @Override
    public Payment ofVisitor(String name) {
        return new Payment(id, orderId, name, productId, quantity, amountMicros, timeMs);
    }
}
