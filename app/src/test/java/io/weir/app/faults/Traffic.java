package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.system.Application;
import io.weir.app.system.Events;
import io.weir.domain.EventType;
import io.weir.oracle.Acceptance;
import io.weir.oracle.EventRow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A shop's events, published steadily until told to end. Of every hundred rows some are published twice, some are up to
 * {@link #DISORDER} out of order, one is not valid, and beside one goes another that is late.
 *
 * <p>A late row is older than all events by more than grace. So it is late on a partition that has accepted anything,
 * whichever input is read first; {@link #open} sees to it that each partition has.
 */
final class Traffic implements AutoCloseable {
    /** Longer than all that piles up while an instance or the broker is away, in event time; so no other row is late. */
    static final Duration GRACE = Duration.ofHours(6);

    static final Instant START = Instant.parse("2026-03-02T18:00:00Z");

    /** How long before the start late rows lie: from this, which is much more than grace, to twice as long. */
    private static final Duration LATE_BY = Duration.ofDays(2);

    private static final Duration DISORDER = Duration.ofMinutes(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Events a second of event time, and of wall time: event time runs a hundred times as fast. */
    private static final double RATE = 10;

    private static final int PACE = Integer.getInteger("weir.faults.pace", 1_000);

    /** More a second than any two cores read. */
    private static final int MOST_PACE = 50_000;

    private static final int BATCHES_A_SECOND = 10;

    private record Waiting(long dueMs, EventRow row) {}

    /** A row that is meant to be refused, and where it stands: {@link #origin}. */
    private record Sent(EventRow row, String origin) {}

    private final Application weir;
    private final long seed;
    private final Random random;
    private final Iterator<EventRow> source;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>((one, other) -> Long.compare(one.dueMs, other.dueMs));
    private final List<EventRow> arrivals = new ArrayList<>();
    private final Queue<Sent> refusable = new ConcurrentLinkedQueue<>();
    private CompletableFuture<Void> publishing = CompletableFuture.completedFuture(null);
    private volatile int published;
    private boolean isOpen;
    private volatile boolean ended;
    private volatile int pace = PACE;
    private volatile BooleanSupplier waits = () -> false;

    Traffic(Application weir, long seed) {
        this.weir = weir;
        this.seed = seed;
        this.random = new Random(seed);
        this.source = Events.ofShop(seed, START, RATE);
    }

    /** Visitors of the first rows, each once. */
    List<String> firstVisitors() {
        return Events.ofShop(seed, START, RATE, 1_000).stream()
                .map(EventRow::visitorId)
                .distinct()
                .toList();
    }

    /** Publishes the first rows: at least a valid one for each partition, and no late one. */
    void open() {
        Set<Integer> partitions = new HashSet<>();
        while (partitions.size() < Application.PARTITIONS) {
            List<EventRow> rows = next(pace / BATCHES_A_SECOND);
            send(rows);
            rows.stream()
                    .filter(row -> !row.id().isBlank())
                    .forEach(row -> partitions.add(Events.partition(row.visitorId(), Application.PARTITIONS)));
        }
        isOpen = true;
    }

    /** Goes on by itself, once all that {@link #open} has published is accepted. */
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
            case 8 -> {
                later(row, 0);
                if (isOpen) {
                    waiting.add(new Waiting(row.timeMs(), late(row)));
                }
            }
            default -> later(row, 0);
        }
    }

    private EventRow late(EventRow row) {
        long byMs = LATE_BY.toMillis() + random.nextInt((int) LATE_BY.toMillis());
        return row.withId("late-" + row.id()).withTimeMs(START.toEpochMilli() - byMs);
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

    /** Publishes these rows, too; before {@link #open}. */
    synchronized void send(List<EventRow> rows) {
        weir.publish(rows, this::note);
        arrivals.addAll(rows);
        published = arrivals.size();
    }

    private void note(EventRow row, RecordMetadata where) {
        if (row.id().isBlank() || row.timeMs() < START.minus(GRACE).toEpochMilli()) {
            refusable.add(new Sent(row, origin(where.topic(), where.partition(), where.offset())));
        }
    }

    static String origin(String topic, int partition, long offset) {
        return topic + " " + partition + " " + offset;
    }

    /** Where these rows stand in the inputs, sorted; fails if there are none, or one was not meant to be refused. */
    List<String> origins(List<EventRow> refused) {
        Set<EventRow> rows = Set.copyOf(refused);
        List<String> origins = refusable.stream()
                .filter(sent -> rows.contains(sent.row))
                .map(Sent::origin)
                .sorted()
                .toList();
        assertThat(origins)
                .as("rows that were meant to be refused")
                .isNotEmpty()
                .hasSameSizeAs(refused);
        return origins;
    }

    /** How many records have been acknowledged. */
    int published() {
        return published;
    }

    /** Ends the traffic. */
    void end() throws Exception {
        ended = true;
        publishing.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Publishes one event more for each partition, three days later, so that all windows before become final. All before
     * must have been read: what is fetched after these is late.
     *
     * @return the time of these
     */
    long makeFinal() {
        long laterMs = arrivals.stream().mapToLong(EventRow::timeMs).max().orElseThrow()
                + Duration.ofDays(3).toMillis();
        send(weir.closing(laterMs));
        for (EventType input : EventType.values()) {
            if (weir.appended(input) != published(input)) {
                addCopies(input);
            }
        }
        return laterMs;
    }

    /**
     * A producer that is idempotent may still append a batch again after its broker was killed. Such copies are put behind
     * the first.
     */
    private synchronized void addCopies(EventType input) {
        Map<ByteBuffer, List<String>> origins = new HashMap<>();
        weir.read(weir.config().topic(input))
                .forEach(record -> origins.computeIfAbsent(ByteBuffer.wrap(record.value()), first -> new ArrayList<>())
                        .add(origin(record.topic(), record.partition(), record.offset())));
        Map<ByteBuffer, Integer> copies = new HashMap<>();
        origins.forEach((value, all) -> copies.put(value, all.size()));
        List<EventRow> sent = arrivals();
        sent.stream()
                .filter(row -> Events.typeOf(row) == input)
                .forEach(row -> copies.merge(ByteBuffer.wrap(weir.bytes(row)), -1, Integer::sum));
        assertThat(copies.values()).as("nothing published is missing").allMatch(more -> more >= 0);
        System.out.printf(
                "%d copies of %s%n",
                copies.values().stream().mapToInt(more -> more).sum(), input.plural());
        arrivals.clear();
        for (EventRow row : sent) {
            arrivals.add(row);
            ByteBuffer value = ByteBuffer.wrap(weir.bytes(row));
            Integer more = Events.typeOf(row) == input ? copies.remove(value) : null;
            if (more != null && more > 0) {
                arrivals.addAll(Collections.nCopies(more, row));
                refusable.removeIf(known -> known.row.equals(row));
                origins.get(value).forEach(origin -> refusable.add(new Sent(row, origin)));
            }
        }
    }

    /** How many records of this input were published. */
    synchronized long published(EventType input) {
        return arrivals.stream().filter(row -> Events.typeOf(row) == input).count();
    }

    /** All records in the order in which they were published. */
    synchronized List<EventRow> arrivals() {
        return List.copyOf(arrivals);
    }

    /**
     * What has become of the records of each input by the batch computation, such as {@code visits late}; what never
     * occurred is left out.
     */
    static Map<String, Long> ledger(Acceptance judged) {
        Map<String, Long> ledger = new TreeMap<>();
        judged.counts().forEach((type, counts) -> {
            String input = type + "s ";
            ledger.put(input + "accepted", counts.accepted());
            ledger.put(input + "duplicate", counts.duplicate());
            ledger.put(input + "late", counts.late());
            counts.rejectedByReason().forEach((reason, records) -> ledger.put(input + "rejected " + reason, records));
        });
        ledger.values().removeIf(records -> records == 0);
        return ledger;
    }

    @Override
    public void close() {
        ended = true;
    }
}
