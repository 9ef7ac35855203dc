package io.weir.app.system.bad;

import io.weir.domain.EventType;
import java.util.Map;
import java.util.TreeMap;

/** Costs, amounts and quantities at their limits, and sums at theirs. */
final class NumberCases {
    /** The largest sum that is kept. */
    private static final long MOST = (1L << 53) - 1;

    private static final long DAY_MS = 86_400_000;

    /** Below what is allowed, for all three. */
    private static final Map<String, Long> BELOW =
            new TreeMap<>(Map.of("-1", -1L, "-1 unit", -1_000_000L, "-2^31", -1L << 31, "-2^63", Long.MIN_VALUE));

    /** Above what the sums have room for, when something has been counted already. */
    private static final Map<String, Long> ABOVE = new TreeMap<>(Map.of(
            "2^53-1", MOST, "2^53", MOST + 1, "2^62", 1L << 62, "2^63-1", Long.MAX_VALUE, "NaN's bits", 0x7ff8L << 48));

    private NumberCases() {}

    static void addTo(Corpus corpus) {
        addField(corpus, EventType.CLICK, "cost_micros", "negative_cost");
        addField(corpus, EventType.PAYMENT, "amount_micros", "negative_amount");
        addField(corpus, EventType.PAYMENT, "quantity", "quantity_below_one");
        corpus.rejected(
                "quantity_below_one",
                "quantity 0",
                corpus.event(EventType.PAYMENT).with("quantity", 0L));
        corpus.accepted("cost_micros 0", corpus.event(EventType.CLICK).with("cost_micros", 0L));
        corpus.accepted("amount_micros 0", corpus.event(EventType.PAYMENT).with("amount_micros", 0L));
        corpus.rejected(
                "quantity_below_one",
                "quantity and amount both below zero",
                corpus.event(EventType.PAYMENT).with("quantity", -1L).with("amount_micros", -1L));
        addSums(corpus);
        addOrder(corpus);
    }

    private static void addField(Corpus corpus, EventType input, String field, String ifBelow) {
        BELOW.forEach((name, value) ->
                corpus.rejected(ifBelow, field + " " + name, corpus.event(input).with(field, value)));
        ABOVE.forEach((name, value) -> corpus.rejected(
                "sum_overflow", field + " " + name, corpus.event(input).with(field, value)));
    }

    /** On a partition of their own, since a sum at its limit rejects all that come after it. */
    private static void addSums(Corpus corpus) {
        addRich(corpus, EventType.CLICK, "cost_micros", MOST, 0, "accepted");
        addRich(corpus, EventType.CLICK, "cost_micros", 1, 0, "rejected sum_overflow");
        addRich(corpus, EventType.CLICK, "cost_micros", 0, 0, "accepted");
        addRich(corpus, EventType.CLICK, "cost_micros", 1, 1, "accepted");
        addRich(corpus, EventType.CLICK, "cost_micros", MOST, 1, "rejected sum_overflow");
        addRich(corpus, EventType.CLICK, "cost_micros", MOST - 1, 1, "accepted");
        addRich(corpus, EventType.PAYMENT, "amount_micros", MOST, 1, "accepted");
        addRich(corpus, EventType.PAYMENT, "amount_micros", 1, 1, "rejected sum_overflow");
        addRich(corpus, EventType.PAYMENT, "quantity", MOST, 2, "accepted");
        addRich(corpus, EventType.PAYMENT, "quantity", 1, 2, "rejected sum_overflow");
        addRich(corpus, EventType.PAYMENT, "quantity", Long.MAX_VALUE, 2, "rejected sum_overflow");
    }

    private static void addRich(Corpus corpus, EventType input, String field, long value, int day, String outcome) {
        Fields event = corpus.event(input)
                .with("visitor_id", "croesus")
                .with("event_time", corpus.startMs() + day * DAY_MS)
                .with(field, value);
        String name = "a sum of " + field + " and " + value + " on day " + day;
        corpus.add(name, Corpus.OF_RICHES, outcome, event, corpus.bytes(event));
    }

    /** Where several things are wrong, the first in the list of semantics.md is the reason. */
    private static void addOrder(Corpus corpus) {
        corpus.rejected(
                "negative_cost",
                "a negative cost before a blank id",
                corpus.event(EventType.CLICK).with("cost_micros", -1L).with("click_id", ""));
        corpus.rejected(
                "missing_product_id",
                "a blank product before a blank source",
                corpus.event(EventType.CLICK).with("product_id", "").with("source", ""));
        corpus.rejected(
                "missing_order_id",
                "a blank order before a blank visitor",
                corpus.event(EventType.PAYMENT).with("order_id", "").with("visitor_id", ""));
        corpus.rejected(
                "missing_visitor_id",
                "a blank visitor before a time in the future",
                corpus.event(EventType.VISIT).with("visitor_id", "").with("event_time", Long.MAX_VALUE));
        corpus.rejected(
                "event_time_negative",
                "a time before 1970 before a sum that overflows",
                corpus.event(EventType.CLICK).with("event_time", -1L).with("cost_micros", Long.MAX_VALUE));
        corpus.add(
                "late before a sum that overflows",
                "late",
                corpus.event(EventType.CLICK).with("event_time", 1L).with("cost_micros", Long.MAX_VALUE));
    }
}
