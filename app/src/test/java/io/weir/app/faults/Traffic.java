package io.weir.app.faults;

import static org.awaitility.Awaitility.await;

import io.weir.app.system.Application;
import io.weir.app.system.Events;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Counts;
import io.weir.oracle.EventRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * A shop's events, published steadily until told to end. Of every hundred rows some are published twice, some up to
 * {@link #DISORDER} too late, and one is not valid.
 */
final class Traffic implements AutoCloseable {
    /** Longer than all that piles up while an instance or the broker is away, in event time; so nothing comes late. */
    static final Duration GRACE = Duration.ofHours(6);

    private static final Duration DISORDER = Duration.ofMinutes(20);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant START = Instant.parse("2026-03-02T18:00:00Z");

    /** Events a second of event time, and of wall time: event time runs a hundred times as fast. */
    private static final double RATE = 10;

    private static final int PACE = Integer.getInteger("weir.faults.pace", 1_000);

    /** More a second than any two cores read. */
    private static final int MOST_PACE = 50_000;

    private static final int BATCHES_A_SECOND = 10;

    private record Waiting(long dueMs, EventRow row) {}

    private final Application weir;
    private final Random random;
    private final Iterator<EventRow> source;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>((one, other) -> Long.compare(one.dueMs, other.dueMs));
    private final List<EventRow> arrivals = new ArrayList<>();
    private CompletableFuture<Void> publishing = CompletableFuture.completedFuture(null);
    private volatile int published;
    private volatile boolean ended;
    private volatile int pace = PACE;
    private volatile BooleanSupplier waits = () -> false;

    Traffic(Application weir, long seed) {
        this.weir = weir;
        this.random = new Random(seed);
        this.source = Events.ofShop(seed, START, RATE);
    }

    void begin() {
        publishing = CompletableFuture.runAsync(this::publish);
    }

    /** Goes on with so many events a second. */
    void pace(int eventsASecond) {
        waits = () -> false;
        pace = eventsASecond;
    }

    /** Goes on as fast as it can, but for moments in which it is told to wait. */
    void asFastAsCan(BooleanSupplier unlessToWait) {
        waits = unlessToWait;
        pace = MOST_PACE;
    }

    private void publish() {
        long dueNs = System.nanoTime();
        for (int before = pace; !ended; before = pace) {
            long atNs = dueNs;
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(LONG)
                    .until(() -> System.nanoTime() >= atNs && !waits.getAsBoolean());
            send(next(before / BATCHES_A_SECOND));
            dueNs = pace == before ? dueNs + 1_000_000_000L / BATCHES_A_SECOND : System.nanoTime();
        }
        send(due(Long.MAX_VALUE));
    }

    private List<EventRow> next(int rows) {
        long timeMs = 0;
        for (int row = 0; row < rows; row++) {
            EventRow next = source.next();
            timeMs = next.timeMs();
            spice(next);
        }
        return due(timeMs);
    }

    private void spice(EventRow row) {
        switch (random.nextInt(100)) {
            case 0, 1 -> {
                later(row, 0);
                later(row, random.nextInt((int) DISORDER.toMillis()));
            }
            case 2, 3, 4, 5, 6 -> later(row, random.nextInt((int) DISORDER.toMillis()));
            case 7 -> later(row.withId(" "), 0);
            default -> later(row, 0);
        }
    }

    private void later(EventRow row, int byMs) {
        waiting.add(new Waiting(row.timeMs() + byMs, row));
    }

    private List<EventRow> due(long untilMs) {
        List<EventRow> rows = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().dueMs <= untilMs) {
            rows.add(waiting.remove().row);
        }
        return rows;
    }

    private synchronized void send(List<EventRow> rows) {
        weir.publish(rows);
        arrivals.addAll(rows);
        published = arrivals.size();
    }

    /** How many records have been acknowledged. */
    int published() {
        return published;
    }

    /**
     * Ends the traffic, and publishes one event more for each partition, three days later, so that all windows before
     * become final.
     *
     * @return the time of these
     */
    long end() throws Exception {
        ended = true;
        publishing.get(LONG.toSeconds(), TimeUnit.SECONDS);
        long laterMs = arrivals.stream().mapToLong(EventRow::timeMs).max().orElseThrow()
                + Duration.ofDays(3).toMillis();
        send(weir.closing(laterMs));
        return laterMs;
    }

    /** All records in the order in which they were published. */
    synchronized List<EventRow> arrivals() {
        return List.copyOf(arrivals);
    }

    /** What has become of the records by the batch computation, by outcome; outcomes that never occurred are left out. */
    static Map<String, Long> outcomes(Acceptance judged) {
        Map<String, Long> outcomes = new TreeMap<>(Map.of(
                "accepted", sum(judged, Counts::accepted),
                "duplicate", sum(judged, Counts::duplicate),
                "late", sum(judged, Counts::late),
                "rejected", rejected(judged)));
        outcomes.values().removeIf(records -> records == 0);
        return outcomes;
    }

    static long rejected(Acceptance judged) {
        return sum(judged, Counts::rejected);
    }

    private static long sum(Acceptance judged, ToLongFunction<Counts> outcome) {
        return judged.counts().values().stream().mapToLong(outcome).sum();
    }

    @Override
    public void close() {
        ended = true;
    }
}
