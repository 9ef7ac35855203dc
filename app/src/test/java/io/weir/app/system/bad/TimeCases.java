package io.weir.app.system.bad;

import io.weir.domain.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Event times of every kind. Half a minute is more than the clock moves on while the records are sent and read. */
final class TimeCases {
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMinutes(10);

    private TimeCases() {}

    static void addTo(Corpus corpus, long nowMs) {
        Map<String, Long> negative = new LinkedHashMap<>();
        negative.put("-1", -1L);
        negative.put("of 1969", Instant.parse("1969-12-31T00:00:00Z").toEpochMilli());
        negative.put("of the year -1", Instant.parse("-0001-01-01T00:00:00Z").toEpochMilli());
        negative.put(
                "of 1900, where NTP begins",
                Instant.parse("1900-01-01T00:00:00Z").toEpochMilli());
        negative.put(
                "of 1601, where Windows begins",
                Instant.parse("1601-01-01T00:00:00Z").toEpochMilli());
        negative.put(
                "of the year 1, which is DateTime.MinValue",
                Instant.parse("0001-01-01T00:00:00Z").toEpochMilli());
        negative.put("of now with its sign lost", -corpus.startMs());
        negative.put("Integer.MIN_VALUE", (long) Integer.MIN_VALUE);
        negative.put("Long.MIN_VALUE", Long.MIN_VALUE);
        negative.put("Long.MIN_VALUE + 1", Long.MIN_VALUE + 1);

        Map<String, Long> future = new LinkedHashMap<>();
        future.put("in microseconds", corpus.startMs() * 1_000);
        future.put("in nanoseconds", corpus.startMs() * 1_000_000);
        future.put("as the digits of date and time", 20_260_302_100_000_000L);
        future.put(
                "in ticks of Windows",
                (corpus.startMs() - Instant.parse("1601-01-01T00:00:00Z").toEpochMilli()) * 10_000);
        future.put(
                "in ticks of .NET",
                (corpus.startMs() - Instant.parse("0001-01-01T00:00:00Z").toEpochMilli()) * 10_000);
        future.put("as the bits of a double", Double.doubleToLongBits((double) corpus.startMs()));
        future.put("of 2099", Instant.parse("2099-01-01T00:00:00Z").toEpochMilli());
        future.put("of 9999", Instant.parse("9999-12-31T23:59:59Z").toEpochMilli());
        future.put("Long.MAX_VALUE", Long.MAX_VALUE);
        future.put("Long.MAX_VALUE / 1000", Long.MAX_VALUE / 1_000);
        future.put("of tomorrow", nowMs + Duration.ofDays(1).toMillis());
        // Sent up to some minutes after nowMs was read on a machine that is busy.
        future.put("of an hour ahead", nowMs + Duration.ofHours(1).toMillis());

        Map<String, Long> late = new LinkedHashMap<>();
        late.put("0", 0L);
        late.put("1", 1L);
        late.put("in seconds", corpus.startMs() / 1_000);
        late.put("in minutes", corpus.startMs() / 60_000);
        late.put("Integer.MAX_VALUE", (long) Integer.MAX_VALUE);
        late.put("of 2000", Instant.parse("2000-01-01T00:00:00Z").toEpochMilli());
        late.put("of the day before", corpus.startMs() - Duration.ofDays(1).toMillis());
        late.put("just outside grace", corpus.startMs() - GRACE.toMillis() - 1);

        for (EventType input : EventType.values()) {
            addAll(corpus, input, negative, "rejected event_time_negative");
            addAll(corpus, input, future, "rejected event_time_in_future");
            addAll(corpus, input, late, "late");
            addEdges(corpus, input, nowMs);
        }
    }

    private static void addAll(Corpus corpus, EventType input, Map<String, Long> times, String outcome) {
        times.forEach((name, timeMs) ->
                corpus.add("a time " + name, outcome, corpus.event(input).with("event_time", timeMs)));
    }

    private static void addEdges(Corpus corpus, EventType input, long nowMs) {
        add(corpus, input, Corpus.OF_OLD, "0 on a fresh partition", 0, "accepted");
        add(corpus, input, Corpus.OF_OLD, "1 ms later", 1, "accepted");
        long latestMs = nowMs + MAX_SKEW.toMillis();
        add(corpus, input, Corpus.OF_TODAY, "of now", nowMs, "accepted");
        add(
                corpus,
                input,
                Corpus.OF_TODAY,
                "just inside max.future.skew",
                latestMs - HALF_A_MINUTE.toMillis(),
                "accepted");
    }

    private static void add(Corpus corpus, EventType input, int partition, String name, long timeMs, String outcome) {
        Fields event =
                corpus.event(input).with("visitor_id", "timeless-" + partition).with("event_time", timeMs);
        corpus.add("a time " + name, partition, outcome, event, corpus.bytes(event));
    }
}
