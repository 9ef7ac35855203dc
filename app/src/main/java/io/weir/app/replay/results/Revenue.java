package io.weir.app.replay.results;

import io.weir.app.replay.input.FileFormat;

/** Where the revenue in the figures of a replay comes from. */
public enum Revenue {
    /** The files say what was paid. */
    RECORDED,
    /** The files have no prices: units × the price given to {@code --assume-price}. */
    ASSUMED,
    /** The files have no prices and none was given: revenue counts as 0. */
    UNKNOWN;

    /** @param priceGiven whether {@code --assume-price} was given; formats with prices do not use it */
    public static Revenue of(FileFormat format, boolean priceGiven) {
        if (format.hasPrices()) {
            return RECORDED;
        }
        return priceGiven ? ASSUMED : UNKNOWN;
    }
}
