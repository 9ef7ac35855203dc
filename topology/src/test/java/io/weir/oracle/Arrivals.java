package io.weir.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Orders in which events may arrive, and what may happen to them on the way. */
public final class Arrivals {

    private Arrivals() {}

    /** A row and what its place in the arrival order is decided by. */
    private record Arrival(EventRow row, long place) {}

    /**
     * An order in which no event is late: each is at most {@code graceMs} older than the newest before it. Every event
     * is held up by up to grace, often by nothing or by all of it. With a grace of zero that is time order.
     */
    public static List<EventRow> shuffledWithinGrace(List<EventRow> events, long graceMs, Random random) {
        List<Arrival> arrivals = new ArrayList<>();
        for (EventRow row : events) {
            arrivals.add(new Arrival(row, row.timeMs() + delayMs(graceMs, random)));
        }
        Collections.shuffle(arrivals, random);
        arrivals.sort(Comparator.comparingLong(Arrival::place));
        return new ArrayList<>(arrivals.stream().map(Arrival::row).toList());
    }

    /** Sends about every third event a second time, somewhere after the first: at once, soon or much later. */
    public static List<EventRow> withDuplicates(List<EventRow> arrivals, Random random) {
        List<Arrival> sent = new ArrayList<>();
        for (int i = 0; i < arrivals.size(); i++) {
            sent.add(new Arrival(arrivals.get(i), i));
            if (random.nextInt(3) == 0) {
                int farthest = random.nextBoolean() ? 3 : arrivals.size();
                sent.add(new Arrival(arrivals.get(i), i + random.nextInt(farthest)));
            }
        }
        sent.sort(Comparator.comparingLong(Arrival::place));
        return new ArrayList<>(sent.stream().map(Arrival::row).toList());
    }

    /**
     * Gives about every fourth event the id of another of its type and visitor, which is against the contract of ids.
     * Such an event is a duplicate while the other is open, and a new event once it has settled.
     */
    public static List<EventRow> withReusedIds(List<EventRow> arrivals, Random random) {
        Map<List<String>, EventRow> earlier = new HashMap<>();
        List<EventRow> sent = new ArrayList<>();
        for (EventRow row : arrivals) {
            EventRow other = earlier.put(List.of(row.type(), row.visitorId()), row);
            sent.add(other != null && random.nextInt(4) == 0 ? row.withId(other.id()) : row);
        }
        return sent;
    }

    /**
     * Puts a row that must be rejected before about every fifth event: it has one fault
     * and a time that would make others late.
     */
    public static List<EventRow> withInvalid(List<EventRow> arrivals, Random random) {
        List<EventRow> sent = new ArrayList<>();
        for (EventRow row : arrivals) {
            if (random.nextInt(5) == 0) {
                sent.add(invalid(row, random));
            }
            sent.add(row);
        }
        return sent;
    }

    private static EventRow invalid(EventRow row, Random random) {
        String id = row.id();
        String visitor = row.visitorId();
        String product = row.productId();
        long timeMs = row.timeMs() + Duration.ofDays(2).toMillis();
        return RandomCases.oneOf(
                List.of(
                        EventRow.click("  ", visitor, product, "search", null, 1, timeMs),
                        EventRow.click(id, visitor, product, " ", null, 1, timeMs),
                        EventRow.click(id, visitor, product, "search", null, -1, timeMs),
                        EventRow.visit("", visitor, product, "search", null, null, timeMs),
                        EventRow.visit(id, " ", product, "search", null, null, timeMs),
                        EventRow.visit(id, visitor, null, "search", null, null, timeMs),
                        EventRow.payment(id, visitor, product, 0, 1, timeMs),
                        EventRow.payment(id, visitor, product, 1, -1, timeMs)),
                random);
    }

    private static long delayMs(long graceMs, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> graceMs;
            default -> (long) (random.nextDouble() * graceMs);
        };
    }
}
