package io.weir.domain;

import org.jspecify.annotations.Nullable;

/**
 * A touch that was looked at when a payment was credited.
 *
 * @param kind a click or a visit
 * @param source where it came from; {@code direct} only under rule 3
 * @param campaignId the campaign that goes with the source; null when none, and always under rule 3
 * @param rule which of the rules for payments looks at it: 1, a source other than {@code direct} on the paid product; 2,
 *     the same on another product; 3, a visit that is {@code direct}
 * @param chosen the payment is credited to it
 */
public record ConsideredTouch(
        EventType kind,
        String productId,
        String source,
        @Nullable String campaignId,
        long timeMs,
        int rule,
        boolean chosen) {

    ConsideredTouch asChosen() {
        return new ConsideredTouch(kind, productId, source, campaignId, timeMs, rule, true);
    }
}
