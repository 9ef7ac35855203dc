package io.weir.app.system.bad;

import io.weir.domain.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;

/** Bytes that are not in the wire format, or not one whole record of the schema that they name. */
final class FramingCases {
    private static final int FIVE_MB = 5 << 20;

    /** A number that says at each byte that one more follows; the longest has ten. */
    private static final byte[] ENDLESS = bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);

    /** Numbers that stand where the length of a text is expected, in Avro's zigzag encoding. */
    private static final Map<String, byte[]> LENGTHS = new LinkedHashMap<>();

    /** Numbers that stand where 0 or 1 chooses a branch of a union. */
    private static final Map<String, byte[]> BRANCHES = new LinkedHashMap<>();

    static {
        LENGTHS.put("of -1", bytes(0x01));
        LENGTHS.put("of -64", bytes(0x7f));
        LENGTHS.put("of Integer.MIN_VALUE", bytes(0xff, 0xff, 0xff, 0xff, 0x0f));
        LENGTHS.put("of Integer.MAX_VALUE", bytes(0xfe, 0xff, 0xff, 0xff, 0x0f));
        LENGTHS.put("of Long.MAX_VALUE", bytes(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
        LENGTHS.put("of Long.MIN_VALUE", bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
        LENGTHS.put("of 64 MB", bytes(0x80, 0x80, 0x80, 0x40));
        LENGTHS.put("beyond the end", bytes(0x80, 0x10));
        LENGTHS.put("that never ends", ENDLESS);
        BRANCHES.put("2", bytes(0x04));
        BRANCHES.put("-1", bytes(0x01));
        BRANCHES.put("Integer.MAX_VALUE", bytes(0xfe, 0xff, 0xff, 0xff, 0x0f));
        BRANCHES.put("Integer.MIN_VALUE", bytes(0xff, 0xff, 0xff, 0xff, 0x0f));
        BRANCHES.put("that never ends", ENDLESS);
    }

    private FramingCases() {}

    static void addTo(Corpus corpus) {
        for (EventType input : EventType.values()) {
            addFrames(corpus, input);
            addContents(corpus, input);
            addNumbersWithin(corpus, input);
            addEndless(corpus, input, "event_time", corpus.startMs());
        }
        addEndless(corpus, EventType.CLICK, "cost_micros", 100_000);
        addEndless(corpus, EventType.PAYMENT, "quantity", 1);
        addEndless(corpus, EventType.PAYMENT, "amount_micros", 1_000_000);
        addGarbage(corpus);
    }

    private static void addFrames(Corpus corpus, EventType input) {
        byte[] good = corpus.bytes(corpus.event(input));
        for (int length = 0; length < good.length; length++) {
            String name = Corpus.CUT_OFF + " " + length + " of its bytes";
            corpus.rejected("undecodable", name, input, Arrays.copyOf(good, length));
        }
        corpus.rejected("undecodable", "tombstone", input, null);
        corpus.rejected("undecodable", "one zero byte behind it", input, Arrays.copyOf(good, good.length + 1));
        corpus.rejected("undecodable", "100 KB of zeros behind it", input, Arrays.copyOf(good, 100_000));
        corpus.rejected("undecodable", "twice in a row", input, concat(good, good));
        for (int magic : new int[] {1, 2, '{', 'O', 0x80, 0xff}) {
            byte[] other = good.clone();
            other[0] = (byte) magic;
            corpus.rejected("undecodable", "magic byte " + magic, input, other);
        }
    }

    private static void addGarbage(Corpus corpus) {
        byte[] garbage = new byte[FIVE_MB];
        new Random(5).nextBytes(garbage);
        garbage[0] = 0x7B;
        corpus.rejected("undecodable", "5 MB of garbage", EventType.VISIT, garbage);
    }

    private static void addContents(Corpus corpus, EventType input) {
        byte[] good = corpus.bytes(corpus.event(input));
        byte[] payload = Arrays.copyOfRange(good, 5, good.length);
        corpus.rejected("undecodable", "Avro without a frame", input, payload);
        corpus.rejected("undecodable", "Avro's container file", input, concat(text("Obj\u0001"), payload));
        corpus.rejected("undecodable", "Avro's single-object encoding", input, concat(bytes(0xc3, 0x01), good));
        corpus.rejected("undecodable", "JSON", input, text("{\"visitor_id\":\"ann\",\"product_id\":\"mug\"}"));
        corpus.rejected("undecodable", "plain text", input, text("visit of ann"));
        corpus.rejected("undecodable", "a line of CSV", input, text("visit,v1,,ann,mug,,,,,,,2026-03-02T10:00:00Z"));
        corpus.rejected("undecodable", "gzip", input, bytes(0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0));
        corpus.rejected("undecodable", "a text of 100 KB of Xs", input, text("X".repeat(100_000)));
        corpus.rejected("undecodable", "all ones behind its id", input, framedOnes(corpus.id(input)));
    }

    private static byte[] framedOnes(int id) {
        byte[] ones = new byte[200];
        Arrays.fill(ones, (byte) 0xff);
        return Corpus.framed(id, ones);
    }

    /** The id comes first in all three, and the branch of the last union right before the event time. */
    private static void addNumbersWithin(Corpus corpus, EventType input) {
        Fields event = corpus.event(input);
        byte[] good = corpus.bytes(event);
        int behindId = 5 + 1 + event.get(Fields.idField(input)).toString().length();
        byte[] rest = Arrays.copyOfRange(good, behindId, good.length);
        LENGTHS.forEach((what, length) -> corpus.rejected(
                "undecodable",
                "an id with a length " + what,
                input,
                Corpus.framed(corpus.id(input), concat(length, rest))));
        if (!Fields.optionalTexts(input).isEmpty()) {
            int union = input == EventType.CLICK ? indexOf(good, "ads") + 3 : indexOf(good, "mug") + 3;
            byte[] before = Arrays.copyOfRange(good, 5, union);
            byte[] after = Arrays.copyOfRange(good, union + 1, good.length);
            BRANCHES.forEach((what, branch) -> corpus.rejected(
                    "undecodable",
                    "branch " + what + " of an optional text",
                    input,
                    Corpus.framed(corpus.id(input), concat(before, concat(branch, after)))));
        }
    }

    /** @param number the good event's */
    private static void addEndless(Corpus corpus, EventType input, String field, long number) {
        byte[] good = corpus.bytes(corpus.event(input));
        byte[] written = Corpus.avro(Schema.create(Schema.Type.LONG), number);
        int at = lastIndexOf(good, written);
        byte[] before = Arrays.copyOf(good, at);
        byte[] after = Arrays.copyOfRange(good, at + written.length, good.length);
        corpus.rejected(
                "undecodable", field + " is a number that never ends", input, concat(before, concat(ENDLESS, after)));
    }

    private static int lastIndexOf(byte[] bytes, byte[] part) {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        return new String(bytes, latin1).lastIndexOf(new String(part, latin1));
    }

    private static int indexOf(byte[] bytes, String word) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
    }

    static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
