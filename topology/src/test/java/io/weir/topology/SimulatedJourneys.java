package io.weir.topology;

import io.weir.domain.Credit;
import io.weir.domain.EventType;
import io.weir.domain.SourceFacts;
import io.weir.oracle.EventRow;
import io.weir.serde.CreditFormat;
import io.weir.serde.VisitorNames;
import io.weir.topology.SimulatedStory.Guarantee;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The task that reads one input partition. */
final class SimulatedJourneys extends SimulatedTask<byte[], Outgoing> {
    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2};

    /** Takes over what is forwarded once that is committed. */
    interface Outlet {
        void publish(int partition, List<Record<byte[], Outgoing>> committed);
    }

    /** An appended record. @param order how many records of the story were appended before it */
    private record Appended(EventRow row, byte[] value, int order) {}

    private final PipelineSettings settings;
    private final EventRecords records;
    private final InputProbe probe;
    private final Outlet outlet;
    private final Consumer<Supplier<String>> log;
    private final boolean keyChanges;
    private final int rowsAgain;
    private boolean startsAgain = false;
    private final Map<EventType, List<Appended>> topics = new EnumMap<>(EventType.class);
    private final Map<EventType, Integer> next = new EnumMap<>(EventType.class);
    private final Map<EventType, Integer> committed = new EnumMap<>(EventType.class);

    /** As committed, where it stood when it was farthest: all before is known as read. */
    private final Map<EventType, Integer> reached = new EnumMap<>(EventType.class);

    /** Visitors to forget. All are asked for before anybody comes, so nobody is forgotten unless they are read again. */
    private final List<byte[]> requests = new ArrayList<>();

    private int nextRequest = 0;
    private int committedRequests = 0;

    private final List<EventRow> readSinceCommit = new ArrayList<>();
    private final List<EventRow> committedReads = new ArrayList<>();

    SimulatedJourneys(
            int partition,
            SimulatedStory story,
            EventRecords records,
            InputProbe probe,
            LongSupplier wallClock,
            CrashPoints points,
            Outlet outlet,
            Consumer<Supplier<String>> log) {
        super(Names.JOURNEYS_SUBTOPOLOGY, partition, wallClock, points);
        this.settings = story.pipeline();
        this.keyChanges = story.keyChanges();
        this.rowsAgain = story.capacity();
        this.records = records;
        this.probe = probe;
        this.outlet = outlet;
        this.log = log;
        for (EventType input : EventType.values()) {
            topics.put(input, new ArrayList<>());
            next.put(input, 0);
            committed.put(input, 0);
        }
        if (story.guarantee() != Guarantee.AT_LEAST_ONCE) {
            story.visitorsOf(partition).forEach(this::askToForget);
        }
        declare(Names.JOURNEYS_STORE, new Formats.Journeys(settings.rules(), settings.windowing()), story.capacity());
        declare(Names.CREDITS_STORE, new Formats.Credits(), story.capacity());
        declare(Names.PARTITION_TOTALS_STORE, new Formats.Tallies(), story.capacity());
        declare(Names.PARTITION_FACTS_STORE, new Formats.Facts(), 1);
        declare(Names.PARTITION_PROGRESS_STORE, new Formats.Progress(), 1);
    }

    private VisitorNames names(boolean withNewKey) {
        return !keyChanges ? VisitorNames.asTheyCome() : withNewKey ? VisitorNames.by(NEW, OLD) : VisitorNames.by(OLD);
    }

    private void askToForget(String visitorId) {
        byte[] id = visitorId.getBytes(StandardCharsets.UTF_8);
        VisitorNames names = names(true);
        requests.add(names.name(id).getBytes(StandardCharsets.UTF_8));
        String before = names.nameBefore(id);
        if (before != null) {
            requests.add(before.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    Processor<byte[], byte[], byte[], Outgoing> newProcessor() {
        VisitorNames names = names(startsAgain);
        startsAgain = true;
        return new JourneysProcessor(settings, records.reader(names), probe, new NoListener(), rowsAgain);
    }

    /** Lets it publish until nothing is left of the time before it was started. */
    void catchUp(Runnable interval) {
        do {
            interval.run();
        } while (isRunning() && !((JourneysProcessor) processor()).isPublishedAgain());
    }

    @Override
    void goBack(Random random) {
        next.replaceAll((input, offset) -> random.nextInt(offset + 1));
        nextRequest = random.nextInt(nextRequest + 1);
    }

    void append(EventRow row, int order) {
        EventType input = EventRecords.typeOf(row);
        topics.get(input).add(new Appended(row, records.bytes(row), order));
    }

    /** Whether all that was appended has been read. */
    boolean isCaughtUp() {
        return nextRequest == requests.size() && pick(null) == null;
    }

    /** The input to read from next: mostly the one whose record came first, now and then any. */
    private @Nullable EventType pick(@Nullable Random random) {
        EventType first = null;
        List<EventType> waiting = new ArrayList<>();
        for (EventType input : EventType.values()) {
            if (next.get(input) < topics.get(input).size()) {
                waiting.add(input);
                if (first == null || upcoming(input).order < upcoming(first).order) {
                    first = input;
                }
            }
        }
        return random == null || waiting.isEmpty() || random.nextInt(4) > 0
                ? first
                : waiting.get(random.nextInt(waiting.size()));
    }

    private Appended upcoming(EventType input) {
        return topics.get(input).get(next.get(input));
    }

    /** Reads one record if there is one. */
    void read(Random random, long nowMs) {
        if (nextRequest < requests.size()) {
            int offset = nextRequest++;
            log.accept(() -> "journeys " + partition + " reads the request to forget at offset " + offset);
            context().setOrigin(new SimulatedOrigin(settings.forgetTopic(), partition, offset));
            processor().process(new Record<>(null, requests.get(offset), nowMs));
            return;
        }
        EventType input = pick(random);
        if (input == null) {
            return;
        }
        Appended record = upcoming(input);
        int offset = next.get(input);
        next.put(input, offset + 1);
        if (offset >= reached.getOrDefault(input, 0)) {
            readSinceCommit.add(record.row);
        }
        log.accept(() -> "journeys " + partition + " reads " + input + " " + record.row.id() + " at offset " + offset);
        context().setOrigin(new SimulatedOrigin("weir." + input.plural(), partition, offset));
        String visitor = record.row.visitorId();
        byte[] key = (visitor == null ? "" : visitor).getBytes(StandardCharsets.UTF_8);
        processor().process(new Record<>(key, record.value, nowMs));
    }

    @Override
    void commitInputs() {
        committed.putAll(next);
        committedRequests = nextRequest;
        next.forEach((input, offset) -> reached.merge(input, offset, Math::max));
        committedReads.addAll(readSinceCommit);
        readSinceCommit.clear();
    }

    @Override
    void rewindInputs() {
        next.putAll(committed);
        nextRequest = committedRequests;
        readSinceCommit.clear();
    }

    @Override
    void publish(List<Record<byte[], Outgoing>> sent) {
        outlet.publish(partition, sent);
    }

    /** The rows read, as committed, in the order in which they were read. */
    List<EventRow> committedReads() {
        return committedReads;
    }

    int committedOffset(EventType input) {
        return reached.getOrDefault(input, 0);
    }

    /** The value of a record that was appended. */
    byte[] value(EventType input, long offset) {
        return topics.get(input).get((int) offset).value;
    }

    long appended(String topic) {
        if (topic.equals(settings.forgetTopic())) {
            return requests.size();
        }
        return Stream.of(EventType.values())
                .filter(input -> settings.inputTopic(input).equals(topic))
                .mapToLong(this::appended)
                .sum();
    }

    int appended(EventType input) {
        return topics.get(input).size();
    }

    /** The committed progress, null before the first. */
    @Nullable
    PartitionProgress committedProgress() {
        Formats.Progress format = new Formats.Progress();
        byte[] stored = committed(Names.PARTITION_PROGRESS_STORE).get(Bytes.wrap(format.keyToBytes(partition)));
        return stored == null ? null : format.valueFromBytes(partition, stored);
    }

    Map<String, SourceFacts> committedFacts() {
        Formats.Facts format = new Formats.Facts();
        byte[] stored = committed(Names.PARTITION_FACTS_STORE).get(Bytes.wrap(format.keyToBytes(partition)));
        return stored == null
                ? Map.of()
                : format.valueFromBytes(partition, stored).bySource();
    }

    /** The committed credits by payment. */
    Map<String, Credit> committedCredits() {
        Map<String, Credit> credits = new TreeMap<>();
        committed(Names.CREDITS_STORE).forEach((key, value) -> {
            Credit credit = CreditFormat.read(key.get(), value);
            credits.put(credit.paymentId(), credit);
        });
        return credits;
    }
}
