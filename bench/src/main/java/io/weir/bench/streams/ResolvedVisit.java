package io.weir.bench.streams;

import io.weir.domain.Click;
import org.jspecify.annotations.Nullable;

/** A visit with the source that it came from. @param click that brought it; null when none did */
record ResolvedVisit(
        String productId,
        String source,
        @Nullable String campaignId,
        long timeMs,
        @Nullable Click click) {}
