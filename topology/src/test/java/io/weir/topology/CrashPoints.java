package io.weir.topology;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places at which a simulated process can die, and which of them it dies at next. */
final class CrashPoints {

    /** What the process was about to do. */
    enum Place {
        INITIALIZE,
        STORE_WRITE,
        FORWARD,
        FLUSH_STORE,
        SEND_OFFSETS,
        AFTER_COMMIT
    }

    /** The process died here: nothing behind this is done, nothing is tidied up. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash(Place place) {
            super("crash at " + place, null, false, false);
        }
    }

    private final Map<Place, Integer> crashes = new EnumMap<>(Place.class);
    private @Nullable Place only;
    private int left = Integer.MAX_VALUE;

    /** Lets the process die at the {@code passed + 1}th place from now on, of this kind if one is given. */
    void arm(int passed, @Nullable Place kind) {
        left = passed;
        only = kind;
    }

    void disarm() {
        left = Integer.MAX_VALUE;
    }

    boolean isArmed() {
        return left != Integer.MAX_VALUE;
    }

    void reach(Place place) {
        if (left == Integer.MAX_VALUE || (only != null && only != place)) {
            return;
        }
        if (left-- == 0) {
            disarm();
            crashes.merge(place, 1, Integer::sum);
            throw new Crash(place);
        }
    }

    /** How many crashes there were at each place. */
    Map<Place, Integer> crashes() {
        return crashes;
    }
}
