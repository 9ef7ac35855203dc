package io.weir.topology;

import io.weir.domain.EventType;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows records that come a second time although the first time was committed: Kafka forgets or gives out old offsets of
 * a group now and then, as RATIONALE.md tells, and an input is then read again from further back.
 *
 * <p>Only where state and offsets are committed together does the state say what has been read.
 */
final class AlreadyRead {
    private static final Logger LOG = LoggerFactory.getLogger(AlreadyRead.class);

    private final InputProbe probe;

    /** For each input: all before this offset is known to come again; 0 where nothing is. */
    private final long[] before = new long[EventType.values().length];

    AlreadyRead(InputProbe probe) {
        this.probe = probe;
    }

    /**
     * Whether a record was read before, and so is to be passed over. A topic that ends before what was read of it is not
     * the same topic any more: it has been made anew, and is read from where this record stands.
     *
     * @throws IllegalStateException if the broker, which must be asked where the topic ends, does not answer
     */
    boolean test(PartitionProgress progress, EventType input, RecordMetadata origin) {
        long next = progress.nextOffset(input);
        if (origin.offset() >= next) {
            return false;
        }
        if (before[input.ordinal()] == next) {
            return true;
        }
        String topic = origin.topic() + "-" + origin.partition();
        if (probe.endNow(origin.topic(), origin.partition()) < next) {
            LOG.warn("{} was read up to offset {}, and is shorter now: it was made anew, and is read", topic, next);
            progress.setNextOffset(input, origin.offset());
            return false;
        }
        LOG.warn("{} comes again from offset {}, though read up to {}: passed over", topic, origin.offset(), next);
        before[input.ordinal()] = next;
        return true;
    }
}
