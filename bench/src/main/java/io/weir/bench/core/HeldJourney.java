package io.weir.bench.core;

import io.weir.domain.Journey;
import io.weir.domain.Rules;
import io.weir.domain.Windowing;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's journey as an engine's state: in Weir's binary form, as an object, or both. Engines that keep objects on
 * the heap make the bytes once for each journey that has changed since the last snapshot, on the thread that changes
 * journeys; so what writes the snapshot beside it finds bytes that nobody changes.
 */
public final class HeldJourney {
    private byte @Nullable [] bytes;
    private @Nullable Journey live;

    private HeldJourney(byte @Nullable [] bytes, @Nullable Journey live) {
        this.bytes = bytes;
        this.live = live;
    }

    /** A journey of which nothing is known yet. */
    public static HeldJourney begin(Rules rules, Windowing windowing) {
        return new HeldJourney(null, new Journey(rules, windowing));
    }

    /** The journey that {@link #toBytes} has written. */
    public static HeldJourney of(byte[] bytes) {
        return new HeldJourney(bytes, null);
    }

    /** The same journey for whoever changes it from now on; this one keeps its bytes. */
    public HeldJourney forChange() {
        return new HeldJourney(bytes, live);
    }

    /**
     * The journey, to be looked at. Its events do not know whose they are: the key of the state does, and no rule asks
     * for it.
     */
    public Journey journey(Rules rules, Windowing windowing) {
        Journey known = live;
        if (known == null) {
            known = Journey.fromBytes("", toBytes(), rules, windowing);
            live = known;
        }
        return known;
    }

    /** Says that the journey is about to change; true if it had bytes until now. */
    public boolean change() {
        boolean hadBytes = bytes != null;
        bytes = null;
        return hadBytes;
    }

    /** The journey in binary; made when it has changed since. */
    public byte[] toBytes() {
        byte[] known = bytes;
        if (known == null) {
            if (live == null) {
                throw new IllegalStateException("a journey has neither bytes nor an object");
            }
            known = live.toBytes();
            bytes = known;
        }
        return known;
    }
}
