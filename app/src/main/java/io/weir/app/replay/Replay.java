package io.weir.app.replay;

import io.weir.app.replay.input.EventSequence;
import io.weir.app.replay.input.FileFormat;
import io.weir.app.replay.input.InputFiles;
import io.weir.app.replay.input.PastEvents;
import io.weir.app.replay.input.ReplayException;
import io.weir.app.replay.input.RowCounts;
import io.weir.domain.EventType;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads files of past events and publishes them.
 *
 * @param files as from {@link InputFiles#resolve}
 * @param maxSpreadMs how far, in event time, one topic may run ahead of another on the broker; at most a tenth of grace
 *     is safe for a pipeline that is running. Empty when the pipeline starts only after everything has been published:
 *     that is faster, and the only way in which {@link Order#FILE} is exact for it
 * @param temporaryDirectory where sorting may put files, when there is more than fits into memory
 */
public record Replay(
        FileFormat format,
        List<Path> files,
        Order order,
        Speed speed,
        OptionalLong maxSpreadMs,
        Path temporaryDirectory) {

    /** The order that events are published in. */
    public enum Order {
        /** By event time; events of equal time as in the files. */
        TIME,
        /** As the rows stand in the files, one file after the other. */
        FILE
    }

    /** How many events one topic may run ahead of another in {@link Order#FILE}. */
    private static final int SLICE_EVENTS = 1_000;

    public Replay {
        files = List.copyOf(files);
        if (maxSpreadMs.isPresent() && maxSpreadMs.getAsLong() < 0) {
            throw new IllegalArgumentException("the spread must not be negative: " + maxSpreadMs.getAsLong());
        }
    }

    /**
     * What has been done.
     *
     * @param counts what the rows were
     * @param events how many were published and acknowledged
     */
    public record Published(RowCounts counts, long events) {}

    /**
     * Publishes everything; returns when the broker has acknowledged it all.
     *
     * @param producer stays open
     * @param topics one for every type
     * @throws ReplayException if a file cannot be read or an event not be published
     * @throws InterruptedException if the thread is interrupted
     */
    public Published run(
            Producer<byte[], byte[]> producer,
            Serializer<SpecificRecord> serializer,
            Map<EventType, String> topics,
            WallClock clock,
            Progress progress)
            throws InterruptedException {
        try (PastEvents rows = new PastEvents(format, files)) {
            RecordTimes times = recordTimes(clock);
            Pace pace = new Pace(speed, clock);
            ReplayPublisher publisher = new ReplayPublisher(producer, serializer, topics, times, slices(), pace);
            if (order == Order.FILE) {
                progress.beginPublishingRows();
                return new Published(rows.counts(), publisher.publish(rows, progress));
            }
            progress.beginReading();
            try (EventSequence sorted = TimeOrder.of(rows, TimeOrder.CHUNK_EVENTS, temporaryDirectory, progress)) {
                progress.beginPublishingEvents();
                return new Published(rows.counts(), publisher.publish(sorted, progress));
            }
        } catch (ReplayException e) {
            throw interruptedOr(e);
        }
    }

    /** An interrupt closes the file that is being read, which is no fault of the file. */
    private static ReplayException interruptedOr(ReplayException e) throws InterruptedException {
        if (e.getCause() instanceof ClosedByInterruptException) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        }
        return e;
    }

    private RecordTimes recordTimes(WallClock clock) {
        if (maxSpreadMs.isPresent()) {
            return RecordTimes.ofPublication(clock);
        }
        return order == Order.TIME
                ? RecordTimes.ofEvents(clock)
                : RecordTimes.inSequence(Math.max(0, clock.nowMs() - InputFiles.countLines(files)));
    }

    private Slices slices() {
        if (maxSpreadMs.isEmpty()) {
            return Slices.none();
        }
        return order == Order.TIME ? Slices.ofEventTime(maxSpreadMs.getAsLong()) : Slices.ofEvents(SLICE_EVENTS);
    }
}
