package io.weir.app.system.bad;

import io.weir.domain.EventType;
import io.weir.topology.Names;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Good and bad values under odd keys and with odd headers. */
final class EnvelopeCases {
    private static final byte[] GARBAGE = {1, 2, 3};

    private EnvelopeCases() {}

    static void addTo(Corpus corpus) {
        for (EventType input : EventType.values()) {
            addKeys(corpus, input);
            addHeaders(corpus, input);
        }
    }

    private static void addKeys(Corpus corpus, EventType input) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        keys.put("no key", null);
        keys.put("an empty key", new byte[0]);
        keys.put("another visitor's key", utf8("bob"));
        keys.put("a key in upper case", utf8("ANN"));
        keys.put("a key with a space behind", utf8("ann "));
        keys.put("a key with a NUL behind", utf8("ann\0"));
        keys.put("a key with a line break behind", utf8("ann\n"));
        keys.put("a key with a carriage return before", utf8("\rann"));
        keys.put("a key in an escape sequence", utf8("\u001B[1mann\u001B[0m"));
        keys.put("a key with a zero-width space within", utf8("an\u200Bn"));
        keys.put("a key behind a right-to-left override", utf8("\u202Eann"));
        keys.put("a key that is no UTF-8", new byte[] {'a', 'n', 'n', -1});
        keys.put("a key with a byte order mark", utf8("\uFEFFann"));
        keys.put("a key in UTF-16", "ann".getBytes(StandardCharsets.UTF_16BE));
        keys.put("a key in JSON", utf8("\"ann\""));
        keys.put("a framed Avro key", Corpus.framed(1, new byte[] {6, 'a', 'n', 'n'}));
        keys.put("a key that is half of it", utf8("an"));
        keys.put("a key of 100 KB", utf8("ann".repeat(34_000)));
        keys.forEach((name, key) -> {
            Fields event = corpus.event(input);
            corpus.add(name, Corpus.AMONG_GOOD, key, corpus.bytes(event), "rejected wrong_key", event, input);
        });
        Fields umlaut = corpus.event(input).with("visitor_id", "zo\u00eb");
        corpus.add(
                "a key of the same looks, decomposed",
                Corpus.AMONG_GOOD,
                utf8("zoe\u0308"),
                corpus.bytes(umlaut),
                "rejected wrong_key",
                umlaut,
                input);
        corpus.add("neither key nor value", Corpus.AMONG_GOOD, null, null, "rejected undecodable", null, input);
        corpus.add("a key and no value", Corpus.AMONG_GOOD, utf8("bob"), null, "rejected undecodable", null, input);
    }

    private static void addHeaders(Corpus corpus, EventType input) {
        Map<String, RecordHeaders> headers = new LinkedHashMap<>();
        headers.put("our own headers from before", of(Names.REASON_HEADER, utf8("late"), Names.OFFSET_HEADER, null));
        headers.put("a header without a value", of("trace", null));
        headers.put("a header with an empty name", of("", utf8("x")));
        headers.put("a header that is no UTF-8", of("trace", new byte[] {-1, -2, (byte) 0xc0, (byte) 0x80}));
        headers.put("a header of 100 KB", of("trace", new byte[100_000]));
        headers.put("a header with a long name", of("n".repeat(20_000), utf8("x")));
        headers.put("a header with control characters", of("a\0b\n", utf8("\0\r\n")));
        headers.put("the same header three times", of("a", utf8("1"), "a", utf8("2"), "a", utf8("3")));
        RecordHeaders many = new RecordHeaders();
        for (int i = 0; i < 1_000; i++) {
            many.add("h" + i, utf8("v" + i));
        }
        headers.put("a thousand headers", many);
        headers.forEach((name, each) -> {
            corpus.add(name, Corpus.AMONG_GOOD, utf8("ann"), GARBAGE, each, "rejected undecodable", null, input);
            Fields event = corpus.event(input);
            corpus.add(
                    name + " on a good record",
                    Corpus.AMONG_GOOD,
                    event.key(),
                    corpus.bytes(event),
                    each,
                    "accepted",
                    event,
                    input);
        });
    }

    private static RecordHeaders of(Object... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add((String) namesAndValues[i], (byte[]) namesAndValues[i + 1]);
        }
        return headers;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
