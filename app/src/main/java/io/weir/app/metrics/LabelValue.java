package io.weir.app.metrics;

import io.weir.domain.FactsBySource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names from outside as values of labels: of bounded length, and text that every reader of the format takes. Quotes and
 * backslashes are left to whoever writes the format.
 *
 * <p>A name that had to be changed ends in {@code ~} and eight digits of its hash, so that names that differ only where
 * they were changed stay different.
 */
final class LabelValue {
    /** Stands for all keys that have no series of their own. */
    static final String OTHER = FactsBySource.OTHER;

    /** In UTF-16 code units. */
    static final int MOST_CHARS = 100;

    private static final int HASH_BYTES = 4;
    private static final int SUFFIX_CHARS = 1 + 2 * HASH_BYTES;
    private static final char REPLACEMENT = '\uFFFD';

    private LabelValue() {}

    static String of(String name) {
        String clean = clean(name);
        if (clean.length() <= MOST_CHARS && clean.equals(name)) {
            return name;
        }
        int length = Math.min(clean.length(), MOST_CHARS - SUFFIX_CHARS);
        if (Character.isHighSurrogate(clean.charAt(length - 1))) {
            length--;
        }
        return clean.substring(0, length) + "~" + hash(name);
    }

    /** Control characters, line separators and surrogates without their other half replaced. */
    private static String clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        name.codePoints().forEach(point -> clean.appendCodePoint(isText(point) ? point : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isText(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_16BE));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
