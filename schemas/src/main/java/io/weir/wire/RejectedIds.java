package io.weir.wire;

import java.util.LinkedHashMap;
import java.util.function.LongSupplier;

/**
 * The ids that the registry has no usable schema for, and why, for a while: the schema may yet be registered. At most
 * {@code limit} of them; the oldest goes first. Not thread-safe.
 */
final class RejectedIds {
    private final int limit;
    private final long lifeNanos;
    private final LongSupplier nanoClock;

    /** In order of entry, which is the order of expiry too. */
    private final LinkedHashMap<Integer, Rejection> rejections = new LinkedHashMap<>();

    RejectedIds(int limit, long lifeNanos, LongSupplier nanoClock) {
        this.limit = limit;
        this.lifeNanos = lifeNanos;
        this.nanoClock = nanoClock;
    }

    /** @throws WireException if the id was rejected less than the life time ago */
    void throwIfKnown(int id) {
        Rejection known = rejections.get(id);
        if (known == null) {
            return;
        }
        if (nanoClock.getAsLong() - known.since() < lifeNanos) {
            throw new WireException(known.fault(), known.message());
        }
        rejections.remove(id);
    }

    /** Remembers a rejection and returns it, to be thrown. */
    WireException add(int id, WireException rejection) {
        rejections.put(
                id, new Rejection(rejection.fault(), String.valueOf(rejection.getMessage()), nanoClock.getAsLong()));
        if (rejections.size() > limit) {
            rejections.remove(rejections.keySet().iterator().next());
        }
        return rejection;
    }

    private record Rejection(WireException.Fault fault, String message, long since) {}
}
