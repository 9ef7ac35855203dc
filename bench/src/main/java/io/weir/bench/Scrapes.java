package io.weir.bench;

import java.util.List;

/**
 * How an engine's metrics were read while it ran.
 *
 * @param millis how long each reading took, from the request to the last byte of the answer
 * @param mostSeries that one of them brought
 */
record Scrapes(List<Double> millis, long mostSeries) {
    static final Scrapes NONE = new Scrapes(List.of(), 0);

    Scrapes {
        millis = List.copyOf(millis);
    }
}
