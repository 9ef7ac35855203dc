package io.weir.domain;

import org.jspecify.annotations.Nullable;

/** A product page was viewed. {@code clickId} is the paid click that the landing URL carried, null when none. */
public record Visit(
        String id,
        String visitorId,
        String productId,
        @Nullable String source,
        @Nullable String campaignId,
        @Nullable String clickId,
        long timeMs)
        implements Event {

    @Override
    public EventType type() {
        return EventType.VISIT;
    }

    @Override
    public Visit ofVisitor(String name) {
        return new Visit(id, name, productId, source, campaignId, clickId, timeMs);
    }
}
