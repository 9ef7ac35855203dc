package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.EventType;
import io.weir.domain.Journey;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.StoredFormatException;
import org.jspecify.annotations.Nullable;

/**
 * How far one input partition has been read, and what became of its records since the first start. Not thread-safe;
 * {@link #copy} what is handed on.
 */
public final class PartitionProgress {
    private static final int FORMAT = 5;

    /** As the version before wrote it: the same without {@link #nextRequest}. */
    private static final int FORMAT_WITHOUT_REQUESTS = 4;

    /** As the one before that wrote it: the same without {@link #nextPublication}, too. */
    private static final int FORMAT_WITHOUT_PUBLICATIONS = 3;

    /** And the one before that: the same without {@link #visitorKey}, too. */
    private static final int FORMAT_WITHOUT_KEY = 2;

    /** No record at all. */
    public static final long NONE = -1;

    private final int partition;
    private final Ledger ledger = new Ledger();
    private final long[] nextOffsets = new long[EventType.values().length];
    private @Nullable String visitorKey;
    private long streamTimeMs = Journey.NO_STREAM_TIME;
    private long eventClockMs = Journey.NO_STREAM_TIME;
    private boolean idle = false;
    private long reportedMs = 0;
    private long watermarkMs = Journey.NO_STREAM_TIME;
    private long nextRequest = 0;
    private long nextPublication = 0;
    private long oldestNewMs = NONE;

    public PartitionProgress(int partition) {
        this.partition = partition;
    }

    public int partition() {
        return partition;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The greatest event time accepted, milliseconds; {@link Journey#NO_STREAM_TIME} before the first. */
    public long streamTimeMs() {
        return streamTimeMs;
    }

    /** Takes in an accepted event of this time. */
    public void advanceStreamTime(long timeMs) {
        streamTimeMs = Math.max(streamTimeMs, timeMs);
    }

    /**
     * Where this partition's event time stands: at stream time while records come in, and moving on with the wall clock
     * while the partition is idle.
     */
    public long eventClockMs() {
        return eventClockMs;
    }

    /** The partition is silent and caught up, so it does not hold the watermark back. */
    public boolean isIdle() {
        return idle;
    }

    /** @param reportedMs the moment, wall-clock time */
    void setClock(long eventClockMs, boolean idle, long reportedMs) {
        this.eventClockMs = eventClockMs;
        this.idle = idle;
        this.reportedMs = reportedMs;
    }

    /** When this was so, wall-clock time in milliseconds. */
    long reportedMs() {
        return reportedMs;
    }

    /** Where the watermark stood when the totals stored this; {@link Journey#NO_STREAM_TIME} while it is not known. */
    long watermarkMs() {
        return watermarkMs;
    }

    /** The offset behind the last publication that the totals had read when they stored this; 0 before the first. */
    long nextPublication() {
        return nextPublication;
    }

    /** How far the totals that store this have come. */
    void noteTotals(long watermarkMs, long nextPublication) {
        this.watermarkMs = watermarkMs;
        this.nextPublication = nextPublication;
    }

    /**
     * The timestamp, wall-clock time, of the oldest record that this progress covers and the one published before it did
     * not; {@link #NONE} when nothing was read in between.
     */
    public long oldestNewMs() {
        return oldestNewMs;
    }

    void noteRead(long timestampMs) {
        oldestNewMs = oldestNewMs == NONE ? timestampMs : Math.min(oldestNewMs, timestampMs);
    }

    void notePublished() {
        oldestNewMs = NONE;
    }

    /** The offset behind the last record read from this input; 0 before the first. */
    public long nextOffset(EventType input) {
        return nextOffsets[input.ordinal()];
    }

    void setNextOffset(EventType input, long offset) {
        nextOffsets[input.ordinal()] = offset;
    }

    /** The offset behind the last request to forget a visitor; 0 before the first. */
    long nextRequest() {
        return nextRequest;
    }

    void setNextRequest(long offset) {
        nextRequest = offset;
    }

    /** The fingerprint of the key that last named this partition's visitors; null where that is not known. */
    public @Nullable String visitorKey() {
        return visitorKey;
    }

    void setVisitorKey(@Nullable String fingerprint) {
        visitorKey = fingerprint;
    }

    PartitionProgress copy() {
        BinaryWriter out = new BinaryWriter();
        write(out);
        return read(new BinaryReader(out.toByteArray()));
    }

    void write(BinaryWriter out) {
        out.writeByte(FORMAT);
        out.writeText(visitorKey);
        out.writeCount(nextPublication);
        out.writeCount(nextRequest);
        out.writeCount(partition);
        out.writeLong(streamTimeMs);
        out.writeLong(eventClockMs);
        out.writeByte(idle ? 1 : 0);
        out.writeLong(reportedMs);
        out.writeLong(watermarkMs);
        out.writeLong(oldestNewMs);
        for (EventType input : EventType.values()) {
            out.writeCount(nextOffsets[input.ordinal()]);
            out.writeCount(ledger.get(input, Outcome.ACCEPTED));
            out.writeCount(ledger.get(input, Outcome.DUPLICATE));
            out.writeCount(ledger.get(input, Outcome.LATE));
            out.writeCount(ledger.rejectedByReason(input).size());
            ledger.rejectedByReason(input).forEach((reason, records) -> {
                out.writeText(reason.label());
                out.writeCount(records);
            });
        }
    }

    /**
     * Reads a value of the store of the partitions' progress, or of its changelog.
     *
     * @throws StoredFormatException if another version wrote it
     */
    public static PartitionProgress read(BinaryReader in) {
        int format = in.readByte();
        if (format < FORMAT_WITHOUT_KEY || format > FORMAT) {
            throw new StoredFormatException("progress", format, FORMAT);
        }
        String visitorKey = format == FORMAT_WITHOUT_KEY ? null : in.readText();
        long nextPublication = format <= FORMAT_WITHOUT_PUBLICATIONS ? 0 : in.readCount();
        long nextRequest = format <= FORMAT_WITHOUT_REQUESTS ? 0 : in.readCount();
        PartitionProgress progress = new PartitionProgress((int) in.readCount());
        progress.visitorKey = visitorKey;
        progress.nextPublication = nextPublication;
        progress.nextRequest = nextRequest;
        progress.streamTimeMs = in.readLong();
        progress.eventClockMs = in.readLong();
        progress.idle = in.readByte() == 1;
        progress.reportedMs = in.readLong();
        progress.watermarkMs = in.readLong();
        progress.oldestNewMs = in.readLong();
        for (EventType input : EventType.values()) {
            progress.nextOffsets[input.ordinal()] = in.readCount();
            progress.ledger.add(input, Outcome.ACCEPTED, in.readCount());
            progress.ledger.add(input, Outcome.DUPLICATE, in.readCount());
            progress.ledger.add(input, Outcome.LATE, in.readCount());
            for (int left = in.readSize(); left > 0; left--) {
                Rejection reason = Rejection.of(in.readRequiredText());
                progress.ledger.addRejected(input, reason, in.readCount());
            }
        }
        return progress;
    }
}
