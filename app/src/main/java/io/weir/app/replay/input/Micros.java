package io.weir.app.replay.input;

import java.math.BigDecimal;

/** Money as decimal numbers in files and options, and as the exact number of micros in events. */
public final class Micros {
    static final int MAX_DIGITS = 40;
    private static final int DECIMALS = 6;

    private Micros() {}

    /**
     * The amount in micros, exactly.
     *
     * @throws ArithmeticException if it has more than six decimals or leaves the range of {@code long}
     */
    public static long exactly(BigDecimal amount) {
        return amount.movePointRight(DECIMALS).longValueExact();
    }

    /**
     * A price per unit as given to {@code --assume-price}: a decimal number, zero or more, with at most six decimals.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what is allowed
     */
    public static long parsePrice(String price) {
        try {
            BigDecimal amount = new BigDecimal(price.strip());
            if (amount.signum() >= 0 && Math.abs((long) amount.scale()) <= MAX_DIGITS) {
                return exactly(amount);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below: every price that is no price fails with the same words.
        }
        throw new IllegalArgumentException(
                "'" + price + "' is no price: give a number of zero or more with at most six decimals, like 19.9");
    }
}
