package io.weir.app.replay.results;

import io.weir.domain.Ratios;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Numbers as the report shows them: thousands separated by commas, money with two decimals, an undefined ratio as a dash,
 * one on too few visitors with {@value #UNRELIABLE} before it.
 *
 * @param minVisitors fewer make a ratio unreliable
 */
record Numbers(long minVisitors) {
    static final String UNRELIABLE = "?";
    private static final String UNDEFINED = "-";
    /** Below it two decimals say too little, so ratios have four. */
    private static final double SMALL = 0.1;

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String money(long micros) {
        return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(micros, 6).setScale(2, RoundingMode.HALF_UP));
    }

    String percentage(Ratios of, OptionalDouble ratio) {
        return ratio(of, ratio, 100, " %");
    }

    String number(Ratios of, OptionalDouble ratio) {
        return ratio(of, ratio, 1, "");
    }

    private String ratio(Ratios of, OptionalDouble ratio, int scale, String unit) {
        if (ratio.isEmpty()) {
            return UNDEFINED;
        }
        String mark = of.isReliable(minVisitors) ? "" : UNRELIABLE + " ";
        double shown = ratio.getAsDouble() * scale;
        String format = shown != 0 && Math.abs(shown) < SMALL ? "%,.4f" : "%,.2f";
        return mark + String.format(Locale.ROOT, format, shown) + unit;
    }
}
