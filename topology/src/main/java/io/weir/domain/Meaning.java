package io.weir.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an event means in the light of all that comes before it in the visitor's total order.
 *
 * @param source for a click its own, for a visit where it came from, for a payment which source is credited
 * @param campaignId the campaign that goes with the source; null when none
 * @param landed the click that landed with this visit; null when none did
 * @param halo the payment was credited to a touch on another product
 * @param keys the dimension keys under which the event counts, in the order of {@link Dimension}
 * @param newIn for each of the keys, in which window sizes the visitor counts as a distinct one through this event;
 *     see {@link Contributions}
 * @param minutesAgo for each of the keys, when the visitor was last there; see {@link Contributions}
 */
record Meaning(
        String source,
        @Nullable String campaignId,
        @Nullable PastClick landed,
        boolean halo,
        DimensionKey[] keys,
        int[] newIn,
        int[] minutesAgo) {

    /** Whether both make the same contributions of one event. */
    boolean contributesAs(Meaning other) {
        return halo == other.halo
                && Arrays.equals(keys, other.keys)
                && Arrays.equals(newIn, other.newIn)
                && Arrays.equals(minutesAgo, other.minutesAgo)
                && (landed == null ? other.landed == null : landed.equals(other.landed));
    }
}
