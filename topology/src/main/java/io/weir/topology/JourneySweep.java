package io.weir.topology;

import io.weir.domain.Journey;
import io.weir.domain.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Drops the journeys of visitors who have not come for so long that nothing of theirs can matter any more. Goes round
 * the whole store a little at a time.
 */
final class JourneySweep {
    private final WriteBehindStore<String, Journey> store;
    private final long memoryMs;
    private byte @Nullable [] sweptTo;

    JourneySweep(WriteBehindStore<String, Journey> store, Rules rules) {
        this.store = store;
        this.memoryMs = Journey.memoryMs(rules);
    }

    /** Looks at the next {@code limit} journeys. */
    void sweep(int limit, long streamTimeMs) {
        if (streamTimeMs == Journey.NO_STREAM_TIME) {
            return;
        }
        sweptTo = store.scanStored(sweptTo, limit, (visitorId, bytes) -> {
            Journey journey = store.onHeap(visitorId);
            long lastTimeMs = journey == null ? Journey.lastTimeMs(bytes) : journey.lastTimeMs();
            if (lastTimeMs < streamTimeMs - memoryMs) {
                store.delete(visitorId);
            }
        });
    }
}
