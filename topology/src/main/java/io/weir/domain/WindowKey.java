package io.weir.domain;

import org.jspecify.annotations.Nullable;

/** One dimension key in one window, which begins at {@code startMs} of event time, inclusive. */
public record WindowKey(WindowSize size, long startMs, DimensionKey key) {

    // Written out for speed, as in DimensionKey.

    @Override
    public int hashCode() {
        return 31 * (31 * key.hashCode() + Long.hashCode(startMs)) + size.ordinal();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof WindowKey that
                        && size == that.size
                        && startMs == that.startMs
                        && key.equals(that.key);
    }
}
