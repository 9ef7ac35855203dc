package io.weir.app.system.bad;

import io.weir.domain.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;

/**
 * Texts that are absent, too long or no UTF-8, in every field; and odd ones that are legal, for texts are taken as they
 * are.
 */
final class TextCases {
    private static final int MOST_CHARS = 1_024;

    /** Nothing but white space. */
    private static final Map<String, String> BLANK = new LinkedHashMap<>();

    private static final Map<String, String> TOO_LONG = new LinkedHashMap<>();
    private static final Map<String, byte[]> NO_UTF8 = new LinkedHashMap<>();
    private static final Map<String, String> LEGAL = new LinkedHashMap<>();

    static {
        BLANK.put("empty", "");
        BLANK.put("a space", " ");
        BLANK.put("a tab", "\t");
        BLANK.put("a line break", "\n");
        BLANK.put("CR and LF", "\r\n");
        BLANK.put("a vertical tab and a form feed", "\u000B\f");
        BLANK.put("information separators", "\u001C\u001D\u001E\u001F");
        BLANK.put("an Ogham space", "\u1680");
        BLANK.put("an em space", "\u2003");
        BLANK.put("a thin space", "\u2009");
        BLANK.put("a line separator", "\u2028");
        BLANK.put("a paragraph separator", "\u2029");
        BLANK.put("a mathematical space", "\u205F");
        BLANK.put("an ideographic space", "\u3000");
        BLANK.put("spaces of all kinds", " \t\u2000\u2001\u2004\u2005\u2006\u2008\u200A\u3000\n");
        BLANK.put("2,000 spaces", " ".repeat(2_000));

        TOO_LONG.put("one character too long", "x".repeat(MOST_CHARS + 1));
        TOO_LONG.put("one emoji too long", "\uD83D\uDE00".repeat(MOST_CHARS / 2 + 1));
        TOO_LONG.put("1,025 NULs", "\0".repeat(MOST_CHARS + 1));
        TOO_LONG.put("1,025 escapes", "\u001B".repeat(MOST_CHARS + 1));
        TOO_LONG.put("600 line breaks and a word", "\r\n".repeat(600) + "mug");
        TOO_LONG.put("100 KB long", "x".repeat(100_000));
        TOO_LONG.put("1 MB long", "x".repeat(1 << 20));

        NO_UTF8.put("a continuation byte alone", FramingCases.bytes(0x80));
        NO_UTF8.put("Latin-1", FramingCases.bytes('c', 'a', 'f', 0xe9));
        NO_UTF8.put("half of a Chinese character", FramingCases.bytes('m', 0xe6, 0xb7));
        NO_UTF8.put("an overlong NUL", FramingCases.bytes('m', 0xc0, 0x80));
        NO_UTF8.put("an overlong slash", FramingCases.bytes(0xe0, 0x80, 0xaf));
        NO_UTF8.put("a lone high surrogate", FramingCases.bytes(0xed, 0xa0, 0xbd));
        NO_UTF8.put("a lone low surrogate", FramingCases.bytes(0xed, 0xb8, 0x80));
        NO_UTF8.put("a surrogate pair, each by itself", FramingCases.bytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80));
        NO_UTF8.put("beyond U+10FFFF", FramingCases.bytes(0xf4, 0x90, 0x80, 0x80));
        NO_UTF8.put("bytes FE and FF", FramingCases.bytes(0xfe, 0xff));
        NO_UTF8.put("a five-byte form", FramingCases.bytes(0xf8, 0x88, 0x80, 0x80, 0x80));
        NO_UTF8.put("UTF-16", FramingCases.bytes(0xff, 0xfe, 'm', 0, 'u', 0, 'g', 0));
        NO_UTF8.put("a control character and a bad byte", FramingCases.bytes(0x1b, '[', 0x9b));
        NO_UTF8.put("a good U+FFFD and a bad byte", FramingCases.bytes(0xef, 0xbf, 0xbd, 0xff));

        LEGAL.put("a no-break space", "\u00A0");
        LEGAL.put("a zero-width space", "\u200B");
        LEGAL.put("a byte order mark", "\uFEFF");
        LEGAL.put("a zero-width joiner", "\u200D");
        LEGAL.put("a replacement character", "\uFFFD");
        LEGAL.put("a noncharacter", "\uFFFF");
        LEGAL.put("the last code point", "\uDBFF\uDFFF");
        LEGAL.put("a control character", "mug\u0001");
        LEGAL.put("a DEL", "mug\u007F");
        LEGAL.put("a C1 control", "mug\u0085");
        LEGAL.put("an escape sequence", "\u001B[31mmug\u001B[0m");
        LEGAL.put("a line break within", "m\nu\r\ng");
        LEGAL.put("a tab within", "m\tug");
        LEGAL.put("spaces around", "  mug  ");
        LEGAL.put("quotes", "\"mug\" 'mug'");
        LEGAL.put("a comma", "mug,cup");
        LEGAL.put("a bar", "mug|cup");
        LEGAL.put("a backslash", "mug\\");
        LEGAL.put("a bar behind a backslash", "mug\\|");
        LEGAL.put("right-to-left text", "\u05E1\u05E4\u05DC");
        LEGAL.put("a right-to-left override", "\u202Egum");
        LEGAL.put("emoji", "\uD83D\uDC69\u200D\uD83D\uDCBB");
        LEGAL.put("a stack of accents", "m" + "\u0301".repeat(50));
        LEGAL.put("Chinese", "\u676F\u5B50");
        LEGAL.put("markup", "<script>alert(1)</script>");
        LEGAL.put("a path", "../../../etc/passwd");
        LEGAL.put("SQL", "'; DROP TABLE events; --");
        LEGAL.put("a log lookup", "${jndi:ldap://127.0.0.1/x}");
        LEGAL.put("a format string", "%s%n{}{0}");
        LEGAL.put("a formula", "=1+1|'/C calc'!A0");
        LEGAL.put("the word null", "null");
        LEGAL.put("the word direct", "direct");
        LEGAL.put("the name of all others", "__other__");
        LEGAL.put("as long as allowed", "x".repeat(MOST_CHARS));
        LEGAL.put("as many emoji as allowed", "\uD83D\uDE00".repeat(MOST_CHARS / 2));
    }

    private TextCases() {}

    static void addTo(Corpus corpus) {
        for (EventType input : EventType.values()) {
            List<String> all = new ArrayList<>(Fields.requiredTexts(input));
            all.addAll(Fields.optionalTexts(input));
            for (String field : all) {
                addWrong(corpus, input, field);
            }
            addLegal(corpus, input, all);
        }
    }

    private static void addWrong(Corpus corpus, EventType input, String field) {
        boolean required = Fields.requiredTexts(input).contains(field);
        BLANK.forEach((what, text) -> corpus.add(
                field + " is " + what,
                required ? Fields.missing(input, field) : "accepted",
                corpus.event(input).with(field, text)));
        TOO_LONG.forEach((what, text) -> corpus.rejected(
                "field_too_long", field + " is " + what, corpus.event(input).with(field, text)));
        NO_UTF8.forEach((what, bytes) -> corpus.rejected(
                "undecodable", field + " is " + what, corpus.event(input).with(field, new Utf8(bytes))));
    }

    /** Each in one field, in turn; a visitor's id is the key, too. */
    private static void addLegal(Corpus corpus, EventType input, List<String> fields) {
        int turn = 0;
        for (Map.Entry<String, String> legal : LEGAL.entrySet()) {
            String field = fields.get(turn++ % fields.size());
            corpus.accepted(field + " is " + legal.getKey(), corpus.event(input).with(field, legal.getValue()));
        }
    }
}
