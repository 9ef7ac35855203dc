package io.weir.topology;

import io.weir.domain.Outcome;
import io.weir.serde.RejectedException;
import io.weir.serde.VisitorNames;
import io.weir.topology.Outgoing.Refused;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is kept of records that do not count: key and value as they came, or what of them the topic takes, since
 * one too large would stop all others; the reason and the origin in headers.
 *
 * <p>Where visitors go by pseudonyms, a header that came with the record and holds its key, in its name or its value, is
 * left out, and so is a detail that does: key and value hold the id, and nothing else does. Where it is not known that
 * the key is the id, none of those headers is kept, since nobody can tell. Where there are no pseudonyms, all are.
 */
final class RefusedRecords {
    /** More than the framing, the reason and the origin take up. */
    private static final int KEPT_BESIDE_BYTES = 2_048;

    private static final byte[] NO_KEY = new byte[0];

    private final int maxKeptBytes;
    private final boolean hidesVisitors;

    /** @param names what visitors are called */
    RefusedRecords(int maxKeptBytes, VisitorNames names) {
        this.maxKeptBytes = maxKeptBytes;
        this.hidesVisitors = names.arePseudonyms();
    }

    /** @param nowMs wall-clock time, which is the record's time from now on */
    Record<byte[], Outgoing> late(Record<byte[], byte[]> message, RecordMetadata origin, String detail, long nowMs) {
        return kept(message, origin, true, true, Outcome.LATE.label(), detail, nowMs);
    }

    /** The same of one that is no valid event. */
    Record<byte[], Outgoing> rejected(
            Record<byte[], byte[]> message, RecordMetadata origin, RejectedException why, long nowMs) {
        String detail = String.valueOf(why.getMessage());
        return kept(message, origin, false, why.keyIsVisitor(), why.reason().label(), detail, nowMs);
    }

    private Record<byte[], Outgoing> kept(
            Record<byte[], byte[]> message,
            RecordMetadata origin,
            boolean late,
            boolean keyIsVisitor,
            String reason,
            String detail,
            long nowMs) {
        int bytes = size(message);
        boolean whole = bytes <= maxKeptBytes;
        // Its own timestamp may lie outside what the topic keeps or the broker takes.
        Record<byte[], Outgoing> kept =
                new Record<>(whole ? message.key() : NO_KEY, new Refused(late, whole ? message.value() : null), nowMs);
        for (Header header : message.headers()) {
            boolean tells =
                    !keyIsVisitor || tells(utf8(header.key()), message.key()) || tells(header.value(), message.key());
            if (whole && !(hidesVisitors && tells)) {
                kept.headers().add(header);
            }
        }
        String told = tells(utf8(detail), message.key()) ? "left out here, since it holds the record's key" : detail;
        set(kept, Names.REASON_HEADER, reason);
        set(kept, Names.DETAIL_HEADER, whole ? told : "a record of " + bytes + " bytes, left out here: " + told);
        kept.headers().remove(Names.LEFT_OUT_HEADER);
        if (!whole) {
            set(kept, Names.LEFT_OUT_HEADER, Integer.toString(bytes));
        }
        set(kept, Names.TOPIC_HEADER, origin.topic());
        set(kept, Names.PARTITION_HEADER, Integer.toString(origin.partition()));
        set(kept, Names.OFFSET_HEADER, Long.toString(origin.offset()));
        return kept;
    }

    /** More bytes than the record takes up with its reason and origin. */
    private static int size(Record<byte[], byte[]> message) {
        long bytes = KEPT_BESIDE_BYTES;
        bytes += message.key() == null ? 0 : message.key().length;
        bytes += message.value() == null ? 0 : message.value().length;
        for (Header header : message.headers()) {
            bytes += 16 + 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Whether the bytes hold the key somewhere, although visitors are to be hidden. */
    private boolean tells(byte @Nullable [] bytes, byte @Nullable [] key) {
        if (!hidesVisitors || bytes == null || key == null || key.length == 0) {
            return false;
        }
        // One character for each byte: what is found are bytes, whatever they mean.
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(key, StandardCharsets.ISO_8859_1));
    }

    private static void set(Record<byte[], Outgoing> kept, String name, String value) {
        kept.headers().remove(name);
        kept.headers().add(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
