package io.weir.app.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;

/** A refused record for people: some lines, in which no text from a record can steer the terminal or fill it. */
final class RefusedText {
    private static final int MOST_CHARACTERS = 200;

    private RefusedText() {}

    static String of(ObjectNode refused) {
        StringBuilder text = new StringBuilder();
        text.append(plain(refused.get("topic").asText()))
                .append(" partition ")
                .append(refused.get("partition"))
                .append(" offset ")
                .append(refused.get("offset"))
                .append(", ")
                .append(refused.get("seen").asText())
                .append(": ")
                .append(plain(refused.get("reason").asText()))
                .append('\n');
        line(text, "detail", plain(refused.get("detail").asText()));
        JsonNode origin = refused.get("origin");
        if (origin != null) {
            line(
                    text,
                    "origin",
                    plain(origin.get("topic").asText()) + " partition " + origin.get("partition") + " offset "
                            + origin.get("offset"));
        }
        if (refused.has("left_out_bytes")) {
            line(text, "value", refused.get("left_out_bytes") + " bytes with key and headers, too large to be kept");
            return text.toString();
        }
        line(
                text,
                "key",
                refused.get("key").isNull() ? "none" : plain(refused.get("key").asText()));
        line(text, "value", refused.get("value_bytes") + " bytes");
        if (refused.has("event")) {
            line(text, "event", event(refused.get("event")));
        } else if (refused.has("value_hex")) {
            line(text, "bytes", refused.get("value_hex").asText());
        }
        return text.toString();
    }

    private static String event(JsonNode event) {
        StringJoiner fields = new StringJoiner(", ");
        event.properties().forEach(field -> {
            JsonNode value = field.getValue();
            fields.add(field.getKey() + " " + (value.isTextual() ? plain(value.asText()) : value.toString()));
        });
        return fields.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ").append(String.format("%-8s", name)).append(value).append('\n');
    }

    /** What is no visible character is spelled out, and what is too long is cut. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(MOST_CHARACTERS).forEach(codePoint -> {
            int type = Character.getType(codePoint);
            boolean steers = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.UNASSIGNED
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            plain.append(steers ? String.format("\\u{%X}", codePoint) : Character.toString(codePoint));
        });
        int characters = text.codePointCount(0, text.length());
        return characters <= MOST_CHARACTERS ? plain.toString() : plain + "… (" + characters + " characters)";
    }
}
