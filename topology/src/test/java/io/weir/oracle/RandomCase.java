package io.weir.oracle;

import java.util.List;

/**
 * Events and settings made from a seed; the same seed always gives the same case.
 *
 * @param events valid events with ids of their own, in no order
 */
public record RandomCase(long seed, List<EventRow> events, OracleSettings settings) {

    /** The seed, to be printed when the case finds a mistake. */
    @Override
    public String toString() {
        return "RandomCases.ofSeed(" + seed + "L): " + events.size() + " events in " + settings.zone();
    }
}
