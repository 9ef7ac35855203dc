package io.weir.app.replay.results;

/**
 * How many columns a text takes on a terminal: two for each wide character (East Asian Wide and Fullwidth in Unicode
 * Standard Annex 11, and emoji), none for marks that sit on the character before.
 */
final class DisplayWidth {
    /** First and last code points of the wide ranges. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F}, // Hangul Jamo initials
        {0x2E80, 0x303E}, // CJK radicals, punctuation
        {0x3041, 0xA4CF}, // kana, CJK ideographs, Yi
        {0xA960, 0xA97F}, // Hangul Jamo extended
        {0xAC00, 0xD7A3}, // Hangul syllables
        {0xF900, 0xFAFF}, // CJK compatibility ideographs
        {0xFE30, 0xFE6F}, // CJK compatibility forms
        {0xFF00, 0xFF60}, // fullwidth forms
        {0xFFE0, 0xFFE6}, // fullwidth signs
        {0x1F300, 0x1F64F}, // pictographs, emoticons
        {0x1F680, 0x1F6FF}, // transport
        {0x1F900, 0x1F9FF}, // more pictographs
        {0x20000, 0x3FFFD}, // CJK ideographs outside the basic plane
    };

    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** The text, cut so that it takes at most {@code columns}, with … for what is missing; control characters as ?. */
    static String fit(String text, int columns) {
        StringBuilder fitted = new StringBuilder();
        int width = 0;
        boolean cut = DisplayWidth.of(text) > columns;
        int room = cut ? columns - 1 : columns;
        for (int codePoint : text.codePoints().toArray()) {
            width += of(codePoint);
            if (width > room) {
                break;
            }
            fitted.appendCodePoint(Character.isISOControl(codePoint) ? '?' : codePoint);
        }
        return cut ? fitted.append('…').toString() : fitted.toString();
    }
}
