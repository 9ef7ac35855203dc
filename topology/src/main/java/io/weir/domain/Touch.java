package io.weir.domain;

import org.jspecify.annotations.Nullable;

/**
 * A click or a visit, with a source other than {@code direct}: what a later payment can be credited to.
 *
 * @param kind which of the two
 */
record Touch(
        EventType kind,
        String productId,
        String source,
        @Nullable String campaignId,
        long timeMs) {}
