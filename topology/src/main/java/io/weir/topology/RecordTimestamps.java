package io.weir.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp, kept within what Kafka can carry on: not before 1970, not after now. It decides in which
 * order the inputs are read; what an event means is decided by its event time alone.
 */
public final class RecordTimestamps implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> message, long partitionTimeMs) {
        return Math.max(0, Math.min(message.timestamp(), System.currentTimeMillis()));
    }
}
