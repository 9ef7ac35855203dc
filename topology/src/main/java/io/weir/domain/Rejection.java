package io.weir.domain;

/** Why a record was rejected. The labels stand in dead letters' headers, metrics and {@code summary.json}. */
public enum Rejection {
    UNDECODABLE("undecodable", "the bytes are no Avro record in Confluent's wire format"),
    UNKNOWN_SCHEMA("unknown_schema", "the schema registry has no schema with the record's schema id"),
    WRONG_SCHEMA(
            "wrong_schema",
            "the record's schema is not one of this topic's events, or lets some bytes stand for work without end"),
    WRONG_KEY("wrong_key", "the record's key is not its visitor_id, so the visitor would be counted on two partitions"),
    MISSING_ID("missing_id", "click_id, visit_id or payment_id is absent or blank"),
    MISSING_VISITOR_ID("missing_visitor_id", "visitor_id is absent or blank"),
    MISSING_PRODUCT_ID("missing_product_id", "product_id is absent or blank"),
    MISSING_SOURCE("missing_source", "a click's source is absent or blank"),
    MISSING_ORDER_ID("missing_order_id", "order_id is absent or blank"),
    MISSING_QUANTITY("missing_quantity", "quantity is absent"),
    MISSING_AMOUNT("missing_amount_micros", "amount_micros is absent"),
    MISSING_COST("missing_cost_micros", "cost_micros is absent"),
    MISSING_EVENT_TIME("missing_event_time", "event_time is absent"),
    NEGATIVE_COST("negative_cost", "cost_micros is below zero"),
    NEGATIVE_AMOUNT("negative_amount", "amount_micros is below zero"),
    QUANTITY_BELOW_ONE("quantity_below_one", "quantity is below one"),
    EVENT_TIME_IN_FUTURE("event_time_in_future", "event_time is later than the wall clock + max.future.skew"),
    EVENT_TIME_NEGATIVE("event_time_negative", "event_time lies before 1970"),
    FIELD_TOO_LONG("field_too_long", "a text is longer than max.field.length"),
    JOURNEY_FULL("journey_full", "the visitor's journey has reached max.journey.bytes: a robot, not a person"),
    SUM_OVERFLOW("sum_overflow", "a cost, revenue or quantity sum would leave the range that is kept exactly");

    private final String label;
    private final String meaning;

    Rejection(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    public String label() {
        return label;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** The reason with this {@link #label}. */
    public static Rejection of(String label) {
        for (Rejection rejection : values()) {
            if (rejection.label.equals(label)) {
                return rejection;
            }
        }
        throw new IllegalArgumentException("no rejection is called " + label);
    }
}
