package io.weir.app.system.bad;

import io.weir.domain.EventType;
import io.weir.oracle.EventRow;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;

/** The fields of one event by their names in the Avro schema: a good event's, until some of them are changed. */
final class Fields {
    private final EventType input;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Fields(EventType input) {
        this.input = input;
    }

    /** A good event without optional fields, of {@code ann}, who bought or looked at a {@code mug}. */
    static Fields of(EventType input, String id, long timeMs) {
        Fields fields = new Fields(input);
        fields.values.put(idField(input), id);
        if (input == EventType.PAYMENT) {
            fields.values.put("order_id", "o-" + id);
            fields.values.put("quantity", 1L);
            fields.values.put("amount_micros", 1_000_000L);
        }
        fields.values.put("visitor_id", "ann");
        fields.values.put("product_id", "mug");
        if (input == EventType.CLICK) {
            fields.values.put("source", "ads");
            fields.values.put("cost_micros", 100_000L);
        }
        fields.values.put("event_time", timeMs);
        return fields;
    }

    static String idField(EventType input) {
        return input.singular() + "_id";
    }

    static List<String> requiredTexts(EventType input) {
        return switch (input) {
            case CLICK -> List.of("click_id", "visitor_id", "product_id", "source");
            case VISIT -> List.of("visit_id", "visitor_id", "product_id");
            case PAYMENT -> List.of("payment_id", "order_id", "visitor_id", "product_id");
        };
    }

    static List<String> optionalTexts(EventType input) {
        return switch (input) {
            case CLICK -> List.of("campaign_id");
            case VISIT -> List.of("source", "campaign_id", "click_id");
            case PAYMENT -> List.of();
        };
    }

    /** The label of the rejection for want of this text. */
    static String missing(EventType input, String field) {
        return "rejected missing_" + (field.equals(idField(input)) ? "id" : field);
    }

    EventType input() {
        return input;
    }

    Fields with(String field, Object value) {
        values.put(field, value);
        return this;
    }

    Object get(String field) {
        return values.get(field);
    }

    /** The key that goes with these fields, byte for byte the visitor's id. */
    byte[] key() {
        Object visitor = values.get("visitor_id");
        if (visitor instanceof Utf8 raw) {
            return java.util.Arrays.copyOf(raw.getBytes(), raw.getByteLength());
        }
        return String.valueOf(visitor).getBytes(StandardCharsets.UTF_8);
    }

    /** What the batch oracle counts: blank texts are absent. */
    EventRow row() {
        return new EventRow(
                        input.singular(),
                        text(idField(input)),
                        text("order_id"),
                        text("visitor_id"),
                        text("product_id"),
                        text("source"),
                        text("campaign_id"),
                        input == EventType.VISIT ? text("click_id") : null,
                        (Long) values.get("quantity"),
                        (Long) values.get("amount_micros"),
                        (Long) values.get("cost_micros"),
                        (Long) values.get("event_time"))
                .withBlanksAbsent();
    }

    private String text(String field) {
        Object value = values.get(field);
        return value == null ? null : value.toString();
    }
}
