package io.weir.topology;

import io.weir.domain.Contributions;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.FactsBySource;
import io.weir.domain.Journey;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.WindowTotals;
import io.weir.domain.Windowing;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import io.weir.topology.Outgoing.PartitionRows;
import io.weir.topology.Outgoing.Progressed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of one partition, one visitor at a time, and keeps what they add up to in this partition.
 *
 * <p>Every record ends as accepted, duplicate, late or rejected; one that comes again although it was read and committed
 * is passed over. What an accepted one changes goes into this partition's own totals. Once per publish interval the rows
 * that have changed are published, and after them how far the partition has come; less often while the partition is far
 * behind.
 */
final class JourneysProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final Logger LOG = LoggerFactory.getLogger(JourneysProcessor.class);

    /** How often progress is published while nothing changes, wall-clock time. */
    static final long HEARTBEAT_MS = 10_000;

    /** While more records than this wait to be read, the figures are old anyway and are published less often. */
    private static final long FAR_BEHIND_RECORDS = 20_000;

    /**
     * How often they are published then, wall-clock time; all partitions at once, so that most totals change once and not
     * once for each partition.
     */
    static final long CATCH_UP_INTERVAL_MS = 10_000;

    /** Publications ask for a commit, at most one in each such stretch of wall-clock time, the same for all partitions. */
    private static final long COMMITS_APART_MS = 500;

    private static final byte[] NO_KEY = new byte[0];

    private final PipelineSettings settings;
    private final EventReader reader;
    private final InputProbe probe;
    private final FiguresListener listener;
    private final int rowsAgain;
    private final Windowing windowing;
    private final RefusedRecords refused;
    private final Map<String, EventType> inputs = new HashMap<>();

    // Set by init, all of it from the stores: a task whose transaction was aborted is revived with the same processor.
    private ProcessorContext<byte[], Outgoing> context;
    private Cancellable publication;
    private WriteBehindStore<String, Journey> journeys;
    private WriteBehindStore<Integer, PartitionProgress> progressStore;
    private PartitionTotals rows;
    private RowBatches batches;
    private WindowTotals totals;
    private WriteBehindStore<Integer, FactsBySource> factsStore;
    private FactsBySource facts;
    private Contributions contributions;
    private Sweep<String, Journey> sweep;
    private KeptCredits credits;
    private PartitionProgress progress;
    private AlreadyRead alreadyRead;

    private boolean hasNews;
    private long lastRecordMs;
    private long lastPublishedMs;
    private long lastCommitAskedMs;

    /** @param rowsAgain how many rows of the time before a restart are published in an interval */
    @SuppressWarnings("NullAway.Init")
    JourneysProcessor(
            PipelineSettings settings, EventReader reader, InputProbe probe, FiguresListener listener, int rowsAgain) {
        this.settings = settings;
        this.reader = reader;
        this.probe = probe;
        this.listener = listener;
        this.rowsAgain = rowsAgain;
        this.windowing = settings.windowing();
        this.refused = new RefusedRecords(settings.maxKeptBytes(), reader.names());
        for (EventType input : EventType.values()) {
            inputs.put(settings.inputTopic(input), input);
        }
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        int partition = context.taskId().partition();
        journeys = context.getStateStore(Names.JOURNEYS_STORE);
        progressStore = context.getStateStore(Names.PARTITION_PROGRESS_STORE);
        // Before any other store is read, since this one says whether their format is known.
        PartitionProgress stored = progressStore.get(partition);
        progress = stored == null ? new PartitionProgress(partition) : stored;
        rows = new PartitionTotals(windowing, context.getStateStore(Names.PARTITION_TOTALS_STORE), rowsAgain);
        totals = new WindowTotals(windowing, rows);
        batches = new RowBatches(partition, settings.inputPartitions(), this::send);
        factsStore = context.getStateStore(Names.PARTITION_FACTS_STORE);
        FactsBySource storedFacts = factsStore.get(partition);
        facts = storedFacts == null ? new FactsBySource() : storedFacts;
        contributions = facts.counting(totals);
        long memoryMs = Journey.memoryMs(settings.rules());
        sweep = new Sweep<>(journeys, Journey::lastTimeMs, Journey::lastTimeMs, memoryMs);
        credits = new KeptCredits(context.getStateStore(Names.CREDITS_STORE), settings.creditRetention());
        nameVisitors(partition, stored != null);
        hasNews = true;
        alreadyRead = new AlreadyRead(probe);
        lastPublishedMs = 0;
        lastCommitAskedMs = 0;
        lastRecordMs = context.currentSystemTimeMs();
        // All tasks publish in the same moment, so that one commit of the thread is for all of them.
        publication = context.schedule(
                Instant.EPOCH, settings.publishInterval(), PunctuationType.WALL_CLOCK_TIME, this::onInterval);
    }

    /**
     * Notes by which key visitors are named from here on, also where none of them comes any more: once it is noted, the
     * key before is not needed for this partition to start.
     *
     * @throws OtherVisitorKeyException if visitors who are stored would not be found and would count as new ones
     */
    private void nameVisitors(int partition, boolean isStored) {
        String named = progress.visitorKey();
        String now = reader.names().fingerprint();
        if (named != null && !reader.names().find(named)) {
            throw new OtherVisitorKeyException(partition, named, now);
        }
        progress.setVisitorKey(now);
        if (isStored && !now.equals(named)) {
            progressStore.put(partition, progress);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        if (origin.topic().equals(settings.forgetTopic())) {
            forget(message.value(), origin);
            return;
        }
        EventType input = inputs.get(origin.topic());
        if (input == null) {
            throw new IllegalStateException("a record from " + origin.topic() + ", which is no input");
        }
        long nowMs = context.currentSystemTimeMs();
        lastRecordMs = nowMs;
        if (settings.exactlyOnce() && alreadyRead.test(progress.nextOffset(input), origin)) {
            return;
        }
        try {
            long latestMs = nowMs + settings.maxFutureSkew().toMillis();
            Event event =
                    reader.read(input, origin.topic(), message.headers(), message.key(), message.value(), latestMs);
            Outcome outcome = take(event, message.key());
            progress.ledger().count(input, outcome);
            if (outcome == Outcome.ACCEPTED) {
                publishClosed();
            } else if (outcome == Outcome.LATE) {
                context.forward(refused.late(message, origin, lateness(event), nowMs));
            }
        } catch (RejectedException e) {
            progress.ledger().countRejected(input, e.reason());
            context.forward(refused.rejected(message, origin, e, nowMs));
        }
        progress.setNextOffset(input, origin.offset() + 1);
        progress.noteRead(message.timestamp());
        progressStore.put(progress.partition(), progress);
        hasNews = true;
    }

    private Outcome take(Event event, byte[] visitorId) throws RejectedException {
        Journey journey = journeys.get(event.visitorId());
        String movesFrom = null;
        if (journey == null) {
            String before = reader.names().nameBefore(visitorId);
            journey = before == null ? null : journeys.get(before);
            movesFrom = journey == null ? null : before;
        }
        boolean isNew = false;
        if (journey == null) {
            journey = new Journey(settings.rules(), windowing);
            isNew = true;
        }
        Outcome outcome = journey.assess(event, progress.streamTimeMs());
        if (outcome != Outcome.ACCEPTED) {
            return outcome;
        }
        if (!journey.hasRoomFor(event, settings.maxJourneyBytes())) {
            throw new RejectedException(Rejection.JOURNEY_FULL).ofVisitorInKey();
        }
        if (!totals.hasRoomFor(event)) {
            throw new RejectedException(Rejection.SUM_OVERFLOW).ofVisitorInKey();
        }
        journey.accept(event, contributions, settings.creditRetention().isZero() ? null : credits);
        factsStore.put(progress.partition(), facts);
        journeys.put(event.visitorId(), journey);
        if (isNew) {
            sweep.added(event.timeMs());
        }
        if (movesFrom != null) {
            // In the same store and so in the same commit: the journey is never there twice, nor not at all.
            journeys.delete(movesFrom);
        }
        progress.advanceStreamTime(event.timeMs());
        return outcome;
    }

    private void publishClosed() {
        if (rows.publishClosed(progress.streamTimeMs() - settings.rules().graceMs(), batches::add)) {
            batches.send();
        }
    }

    /**
     * Drops the journey of a visitor, wherever it has got to. What it has contributed stays, since sums do not know whose
     * they are; an event that comes later begins a new journey. Every partition is asked, and one knows the visitor.
     *
     * @param name what the visitor is called, in UTF-8
     */
    private void forget(byte @Nullable [] name, RecordMetadata origin) {
        if (settings.exactlyOnce() && alreadyRead.test(progress.nextRequest(), origin)) {
            return;
        }
        String visitor = name == null ? "" : new String(name, StandardCharsets.UTF_8);
        if (journeys.get(visitor) != null) {
            journeys.delete(visitor);
            LOG.info(
                    "a visitor is forgotten, as {}-{} asks at offset {}",
                    origin.topic(),
                    origin.partition(),
                    origin.offset());
        }
        progress.setNextRequest(origin.offset() + 1);
        progressStore.put(progress.partition(), progress);
    }

    private String lateness(Event event) {
        return "event time " + event.timeMs() + " is " + (progress.streamTimeMs() - event.timeMs())
                + " ms behind stream time, grace is " + settings.rules().graceMs() + " ms";
    }

    /** Called once per publish interval, on the wall clock. */
    private void onInterval(long nowMs) {
        rows.publishAgain(batches::add);
        batches.send();
        boolean isTime = nowMs / CATCH_UP_INTERVAL_MS > lastPublishedMs / CATCH_UP_INTERVAL_MS || !isFarBehind();
        if (isPublishedAgain() && isTime) {
            publish(nowMs);
        }
        listener.inputProgressed(progress.copy(), facts.bySource());
        sweep.sweep(progress.streamTimeMs());
        credits.sweep(progress.streamTimeMs());
    }

    /** Whether all rows of the time before a restart have been published since. */
    boolean isPublishedAgain() {
        return rows.isPublishedAgain();
    }

    private boolean isFarBehind() {
        long waiting = 0;
        for (EventType input : EventType.values()) {
            waiting += probe.waiting(settings.inputTopic(input), progress.partition(), progress.nextOffset(input));
        }
        return waiting > FAR_BEHIND_RECORDS;
    }

    /** Publishes what has changed, and then how far the partition has come. */
    private void publish(long nowMs) {
        rows.publish(batches::add);
        batches.send();
        long streamTimeMs = progress.streamTimeMs();
        if (streamTimeMs != Journey.NO_STREAM_TIME) {
            rows.close(streamTimeMs - settings.rules().graceMs());
        }
        boolean wasIdle = progress.isIdle();
        setClock(nowMs);
        if (hasNews || wasIdle != progress.isIdle() || nowMs - lastPublishedMs >= HEARTBEAT_MS) {
            context.forward(new Record<>(NO_KEY, new Progressed(progress.copy()), nowMs));
            progress.notePublished();
            lastPublishedMs = nowMs;
            hasNews = false;
            askForCommit(nowMs);
        }
    }

    /** The totals see what was published only once it is committed, which would else be up to a second later. */
    private void askForCommit(long nowMs) {
        if (nowMs / COMMITS_APART_MS > lastCommitAskedMs / COMMITS_APART_MS) {
            context.commit();
            lastCommitAskedMs = nowMs;
        }
    }

    private void send(int totalsPartition, PartitionRows batch) {
        byte[] key = ByDimensionKey.recordKey(totalsPartition);
        context.forward(new Record<>(key, batch, context.currentSystemTimeMs()));
    }

    /**
     * While the partition is idle its event time moves on with the wall clock. It is idle when nothing has been read for a
     * while although the broker answers, and nothing has been appended either.
     */
    private void setClock(long nowMs) {
        long quietSinceMs = probe.quietSinceMs(progress.partition());
        long silentSinceMs = Math.max(lastRecordMs, quietSinceMs);
        boolean idle = quietSinceMs != InputProbe.UNKNOWN
                && nowMs - silentSinceMs >= settings.idleTimeout().toMillis();
        long streamTimeMs = progress.streamTimeMs();
        boolean runsOn = idle && streamTimeMs != Journey.NO_STREAM_TIME;
        progress.setClock(runsOn ? streamTimeMs + (nowMs - silentSinceMs) : streamTimeMs, idle, nowMs);
    }

    @Override
    public void close() {
        if (publication != null) {
            // Kafka Streams keeps the schedule of a task that it revives, and init makes another.
            publication.cancel();
            listener.inputRevoked(progress.partition());
        }
    }
}
