package io.weir.domain;

/** The binary form of an open event inside its visitor's journey, which knows whose it is. */
final class EventFormat {
    private EventFormat() {}

    static void write(Event event, BinaryWriter out) {
        out.writeByte(event.type().ordinal());
        out.writeTime(event.timeMs());
        out.writeText(event.id());
        out.writeText(event.productId());
        if (event instanceof Click click) {
            out.writeText(click.source());
            out.writeText(click.campaignId());
            out.writeLong(click.costMicros());
        } else if (event instanceof Visit visit) {
            out.writeText(visit.source());
            out.writeText(visit.campaignId());
            out.writeText(visit.clickId());
        } else if (event instanceof Payment payment) {
            out.writeText(payment.orderId());
            out.writeLong(payment.quantity());
            out.writeLong(payment.amountMicros());
        }
    }

    static Event read(String visitorId, BinaryReader in) {
        EventType type = EventType.read(in);
        long timeMs = in.readTime();
        String id = in.readRequiredText();
        String productId = in.readRequiredText();
        return switch (type) {
            case CLICK ->
                new Click(id, visitorId, productId, in.readRequiredText(), in.readText(), in.readLong(), timeMs);
            case VISIT -> new Visit(id, visitorId, productId, in.readText(), in.readText(), in.readText(), timeMs);
            case PAYMENT ->
                new Payment(id, in.readRequiredText(), visitorId, productId, in.readLong(), in.readLong(), timeMs);
        };
    }
}
