package io.weir.domain;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the rules can still need of a click.
 *
 * @param landed an earlier visit was given to it, so no later one is its landing
 */
record PastClick(
        String id,
        String productId,
        String source,
        @Nullable String campaignId,
        long timeMs,
        boolean landed) {

    static final Comparator<PastClick> TOTAL_ORDER =
            Comparator.comparingLong(PastClick::timeMs).thenComparing(PastClick::id, CodePointOrder.INSTANCE);

    static PastClick of(Click click) {
        return new PastClick(click.id(), click.productId(), click.source(), click.campaignId(), click.timeMs(), false);
    }

    PastClick asLanded() {
        return new PastClick(id, productId, source, campaignId, timeMs, true);
    }
}
