package io.weir.domain;

import org.jspecify.annotations.Nullable;

/** A paid click on an ad for a product, and what it cost: zero or more micros. */
public record Click(
        String id,
        String visitorId,
        String productId,
        String source,
        @Nullable String campaignId,
        long costMicros,
        long timeMs)
        implements Event {

    @Override
    public EventType type() {
        return EventType.CLICK;
    }

    @Override
    public Click ofVisitor(String name) {
        return new Click(id, name, productId, source, campaignId, costMicros, timeMs);
    }
}
