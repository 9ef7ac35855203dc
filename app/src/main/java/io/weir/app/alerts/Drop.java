package io.weir.app.alerts;

import io.weir.domain.DimensionKey;

/**
 * Less than the past lets expect.
 *
 * @param recent what there was of late
 * @param past what it is compared with: from right before it, back to an hour
 * @param expected what would have been there in {@code recent}, at the least
 * @param chance of so little by accident
 * @param fromMs where {@code recent} begins, event time
 */
record Drop(
        DropRule rule, DimensionKey key, Stretch recent, Stretch past, double expected, double chance, long fromMs) {

    /** The share of the expected that is missing. */
    double share() {
        return expected <= 0 ? 0 : Math.max(0, 1 - recent.counted() / expected);
    }
}
