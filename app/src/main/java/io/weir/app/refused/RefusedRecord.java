package io.weir.app.refused;

import io.weir.topology.Names;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A late event or a dead letter as it stands in its topic. */
final class RefusedRecord {
    /** What Weir itself has said about records; they are its to write, and no part of what came. */
    private static final String OWN_HEADERS = "weir.";

    private static final String UNKNOWN = "unknown";

    private final ConsumerRecord<byte[], byte[]> message;

    /** Where the record came from. */
    record Origin(String topic, int partition, long offset) {}

    RefusedRecord(ConsumerRecord<byte[], byte[]> message) {
        this.message = message;
    }

    TopicPartition partition() {
        return new TopicPartition(message.topic(), message.partition());
    }

    long offset() {
        return message.offset();
    }

    /** When it was refused: wall clock, milliseconds. */
    long seenMs() {
        return message.timestamp();
    }

    /** Why it does not count; {@code unknown} if it does not say. */
    String reason() {
        return headerOr(Names.REASON_HEADER, UNKNOWN);
    }

    String detail() {
        return headerOr(Names.DETAIL_HEADER, "");
    }

    /** Null if it does not say. */
    @Nullable
    Origin origin() {
        String topic = header(Names.TOPIC_HEADER);
        String partition = header(Names.PARTITION_HEADER);
        String offset = header(Names.OFFSET_HEADER);
        if (topic == null || partition == null || offset == null) {
            return null;
        }
        try {
            return new Origin(topic, Integer.parseInt(partition), Long.parseLong(offset));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Of a record too large to be kept, how many bytes it took up with its headers; 0 of one that was kept as it came. */
    long leftOutBytes() {
        String bytes = header(Names.LEFT_OUT_HEADER);
        return bytes == null || !bytes.matches("\\d{1,18}") ? 0 : Long.parseLong(bytes);
    }

    byte @Nullable [] key() {
        return message.key();
    }

    byte @Nullable [] value() {
        return message.value();
    }

    /** The headers that the record came with, those left out on account of what they held excepted. */
    Headers headers() {
        RecordHeaders came = new RecordHeaders();
        for (Header header : message.headers()) {
            if (!header.key().startsWith(OWN_HEADERS)) {
                came.add(header);
            }
        }
        return came;
    }

    private String headerOr(String name, String otherwise) {
        String value = header(name);
        return value == null ? otherwise : value;
    }

    private @Nullable String header(String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
