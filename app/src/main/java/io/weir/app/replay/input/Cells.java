package io.weir.app.replay.input;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of cells. A blank cell is an absent value: "" where a text is required, else null. Anything else that does
 * not fit is an {@link UnreadableCellException}.
 */
final class Cells {
    /** More than a number in range needs. Reading a longer one as a number takes the square of its length. */
    private static final int MAX_NUMBER_CHARS = 100;

    private static final DateTimeFormatter ISO_WITH_OFFSET = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Cells() {}

    /** The text as it stands, or "" when it is blank. */
    static String text(String cell) {
        return cell.isBlank() ? "" : cell;
    }

    /** The text as it stands, or null when it is blank. */
    static @Nullable String optional(String cell) {
        return cell.isBlank() ? null : cell;
    }

    /** A whole number in the range of {@code long}. */
    static @Nullable Long wholeNumber(String column, String cell) {
        if (cell.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(cell.strip());
        } catch (NumberFormatException e) {
            throw new UnreadableCellException(column, cell, "is no whole number from -2^63 to 2^63-1");
        }
    }

    /** A decimal number with a dot, like {@code 2.55}. */
    static @Nullable BigDecimal decimal(String column, String cell) {
        if (cell.isBlank()) {
            return null;
        }
        String text = cell.strip();
        try {
            BigDecimal number = text.length() > MAX_NUMBER_CHARS ? null : new BigDecimal(text);
            if (number != null
                    && Math.abs((long) number.scale()) <= Micros.MAX_DIGITS
                    && number.precision() <= Micros.MAX_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number of a thousand digits.
        }
        throw new UnreadableCellException(column, cell, "is no decimal number like 2.55");
    }

    /** ISO-8601 with an offset from UTC, or epoch milliseconds; finer than milliseconds is cut off. */
    static @Nullable Instant isoOrEpochMillis(String column, String cell) {
        String time = cell.strip();
        if (time.isEmpty()) {
            return null;
        }
        Instant usual = UtcTime.parse(time);
        if (usual != null) {
            return usual;
        }
        try {
            if (isInteger(time)) {
                return Instant.ofEpochMilli(Long.parseLong(time));
            }
            return inMillis(OffsetDateTime.parse(time, ISO_WITH_OFFSET).toInstant());
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw new UnreadableCellException(
                    column,
                    cell,
                    "is neither ISO-8601 with an offset, like 2025-12-31T09:00:00Z, nor epoch milliseconds");
        }
    }

    /**
     * The instant to the millisecond.
     *
     * @throws ArithmeticException if it lies outside the range of epoch milliseconds, which years of nine digits do
     */
    static Instant inMillis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    private static boolean isInteger(String text) {
        for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > (text.charAt(0) == '-' ? 1 : 0);
    }

    /** Digits only, at least {@code minDigits} of them: fewer mean a number that was cut off, not an old time. */
    static @Nullable Long epoch(String column, String cell, int minDigits) {
        String time = cell.strip();
        if (time.isEmpty()) {
            return null;
        }
        try {
            if (time.length() >= minDigits && time.charAt(0) != '-' && isInteger(time)) {
                return Long.valueOf(time);
            }
        } catch (NumberFormatException e) {
            // Said below, as for every other text that is no time.
        }
        throw new UnreadableCellException(column, cell, "is no epoch time: " + minDigits + " or more digits");
    }
}
