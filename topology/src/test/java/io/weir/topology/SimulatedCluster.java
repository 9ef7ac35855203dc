package io.weir.topology;

import io.weir.topology.CrashPoints.Crash;
import io.weir.topology.CrashPoints.Place;
import io.weir.topology.Outgoing.Publication;
import io.weir.topology.Outgoing.Refused;
import io.weir.topology.SimulatedStory.Arrival;
import io.weir.topology.SimulatedStory.Guarantee;
import io.weir.topology.SimulatedTotals.Sent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Record;

/** All tasks of one story, the processes that run them, the topics between them and the wall clock. */
final class SimulatedCluster implements InputProbe {
    static final int PROCESSES = 2;

    /** Reading and writing the wire format does not depend on the story. */
    private static final EventRecords RECORDS = new EventRecords();

    private static final PublicationSerde PUBLICATIONS = new PublicationSerde();

    /** A publication and where it went. */
    private record Delivery(int totalsPartition, Sent sent) {}

    private final SimulatedStory story;
    private final Random random;
    private final Consumer<Supplier<String>> log;
    private final CrashPoints points = new CrashPoints();
    private final SimulatedLaws laws;
    private final List<SimulatedJourneys> journeys = new ArrayList<>();
    private final List<SimulatedTotals> totals = new ArrayList<>();
    private final List<List<Delivery>> deliveries = new ArrayList<>();
    private final List<Record<byte[], Outgoing>> refused = new ArrayList<>();
    private final long[] lastAppendMs;
    private long nowMs = SimulatedStory.NOW.toEpochMilli();
    private int appended = 0;
    private boolean brokerAnswers = true;
    private boolean farBehind = false;

    SimulatedCluster(SimulatedStory story, Random random, Consumer<Supplier<String>> log) {
        this.story = story;
        this.random = random;
        this.log = log;
        this.lastAppendMs = new long[story.partitions()];
        Arrays.fill(lastAppendMs, nowMs);
        PipelineSettings settings = story.pipelineOfTotals();
        for (int partition = 0; partition < story.partitions(); partition++) {
            deliveries.add(new ArrayList<>());
            journeys.add(
                    new SimulatedJourneys(partition, story, RECORDS, this, () -> nowMs, points, this::publish, log));
            totals.add(new SimulatedTotals(partition, story.capacity(), settings, this, () -> nowMs, points, log));
        }
        laws = new SimulatedLaws(story, this);
    }

    List<SimulatedJourneys> journeys() {
        return journeys;
    }

    List<SimulatedTotals> totals() {
        return totals;
    }

    /** Late and rejected records, as committed. */
    List<Record<byte[], Outgoing>> refused() {
        return refused;
    }

    CrashPoints points() {
        return points;
    }

    SimulatedLaws laws() {
        return laws;
    }

    long nowMs() {
        return nowMs;
    }

    void setBrokerAnswers(boolean answers) {
        brokerAnswers = answers;
    }

    void setFarBehind(boolean behind) {
        farBehind = behind;
    }

    @Override
    public long quietSinceMs(int partition) {
        return story.silences() && brokerAnswers ? lastAppendMs[partition] : UNKNOWN;
    }

    @Override
    public long end(String topic, int partition) {
        return farBehind ? 1_000_000 : 0;
    }

    private Stream<SimulatedTask<?, ?>> tasks() {
        return Stream.concat(journeys.stream(), totals.stream());
    }

    private List<SimulatedTask<?, ?>> tasksOf(int process) {
        return tasks().filter(task -> task.runsIn(process)).toList();
    }

    List<SimulatedTask<?, ?>> allTasks() {
        return tasks().toList();
    }

    /** Appends the next event of the story, if there is one more. */
    boolean append() {
        if (appended == story.arrivals().size()) {
            return false;
        }
        Arrival arrival = story.arrivals().get(appended);
        log.accept(() -> "appended to partition " + arrival.partition() + ": "
                + arrival.row().type() + " " + arrival.row().id());
        journeys.get(arrival.partition()).append(arrival.row(), appended);
        lastAppendMs[arrival.partition()] = nowMs;
        appended++;
        return true;
    }

    /** Lets time pass. While partitions may fall silent, nothing that was appended waits unread meanwhile. */
    void pass(long ms) {
        if (story.silences()) {
            journeys.forEach(task -> {
                while (task.isRunning() && !task.isCaughtUp()) {
                    read(task);
                }
            });
        }
        nowMs += ms;
        log.accept(() -> ms + " ms pass");
    }

    void read(SimulatedJourneys task) {
        attempt(task.process(), () -> task.read(random, nowMs));
    }

    void read(SimulatedTotals task) {
        attempt(task.process(), task::read);
    }

    void interval(SimulatedTask<?, ?> task) {
        log.accept(() -> "interval of " + task);
        attempt(task.process(), () -> task.context().punctuate());
    }

    /** What there is, whatever the broker was known to have. */
    @Override
    public long endNow(String topic, int partition) {
        return topic.equals(Names.PUBLICATIONS)
                ? totals.get(partition).topic().size()
                : journeys.get(partition).appended(topic);
    }

    void start(SimulatedTask<?, ?> task, int process) {
        log.accept(() -> task + " starts in process " + process);
        if (commitsAsAWhole(task) && random.nextInt(8) == 0) {
            log.accept(() -> task + " is given older offsets than were committed");
            task.goBack(random);
        }
        attempt(process, () -> task.start(process));
    }

    /** The process's transaction is aborted, and its tasks are revived. */
    void abortTransaction(int process) {
        log.accept(() -> "process " + process + " revives its tasks");
        attempt(process, () -> {
            List<SimulatedTask<?, ?>> revived = tasksOf(process);
            revived.forEach(SimulatedTask::abort);
            revived.forEach(SimulatedTask::revive);
        });
    }

    /** Commits all tasks of the process, with transactions at once. */
    void commit(int process) {
        attempt(process, () -> {
            if (story.exactlyOnce()) {
                commit(tasksOf(process));
            } else {
                tasksOf(process).forEach(task -> commit(List.of(task)));
            }
            log.accept(() -> "process " + process + " has committed");
        });
    }

    private void commit(List<SimulatedTask<?, ?>> together) {
        together.forEach(SimulatedTask::flush);
        points.reach(Place.SEND_OFFSETS);
        together.forEach(SimulatedTask::commit);
        for (SimulatedTask<?, ?> task : together) {
            if (task instanceof SimulatedJourneys reader) {
                laws.committed(reader);
            } else if (task instanceof SimulatedTotals adder) {
                laws.committed(adder);
            }
        }
        points.reach(Place.AFTER_COMMIT);
    }

    /** Commits and gives the task away. */
    void release(SimulatedTask<?, ?> task) {
        commit(task.process());
        if (task.isRunning()) {
            log.accept(() -> task + " is given away");
            task.close();
        }
    }

    private void attempt(int process, Runnable step) {
        try {
            step.run();
        } catch (Crash crash) {
            log.accept(() -> "process " + process + " dies: " + crash.getMessage());
            tasksOf(process).forEach(this::kill);
        }
    }

    private void kill(SimulatedTask<?, ?> task) {
        task.die();
        if (commitsAsAWhole(task)) {
            task.abort();
        } else {
            task.abortInPart(random);
        }
    }

    /** Whether stores and offsets are committed together, or the stores can be ahead. */
    private boolean commitsAsAWhole(SimulatedTask<?, ?> task) {
        return task instanceof SimulatedTotals ? story.exactlyOnce() : story.guarantee() != Guarantee.AT_LEAST_ONCE;
    }

    private void publish(int partition, List<Record<byte[], Outgoing>> committed) {
        List<Delivery> delivered = deliveries.get(partition);
        for (Record<byte[], Outgoing> message : committed) {
            if (message.value() instanceof Publication publication) {
                byte[] value = PUBLICATIONS.serializer().serialize("publications", publication);
                Optional<Set<Integer>> to =
                        new ByDimensionKey().partitions("publications", message.key(), publication, story.partitions());
                for (int totalsPartition : to.orElseThrow()) {
                    delivered.add(new Delivery(totalsPartition, new Sent(message.key(), value, message.timestamp())));
                    deliver(delivered.get(delivered.size() - 1));
                }
            } else if (message.value() instanceof Refused) {
                refused.add(message);
            }
        }
        if (!story.exactlyOnce() && random.nextInt(3) == 0) {
            int again = random.nextInt(delivered.size() + 1);
            List.copyOf(delivered.subList(delivered.size() - again, delivered.size()))
                    .forEach(this::deliver);
        }
    }

    private void deliver(Delivery delivery) {
        totals.get(delivery.totalsPartition).topic().add(delivery.sent);
    }
}
