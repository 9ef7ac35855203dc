package io.weir.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows records that come a second time although the first time was committed: Kafka forgets or gives out old offsets of
 * a group now and then, as RATIONALE.md tells, and a topic is then read again from further back.
 *
 * <p>Only where state and offsets are committed together does the state say what has been read.
 */
final class AlreadyRead {
    private static final Logger LOG = LoggerFactory.getLogger(AlreadyRead.class);

    private final InputProbe probe;

    /** For each topic: all before this offset is known to come again. */
    private final Map<String, Long> before = new HashMap<>();

    AlreadyRead(InputProbe probe) {
        this.probe = probe;
    }

    /**
     * Whether a record was read before, and so is to be passed over. A topic that ends before what was read of it is not
     * the same topic any more: it has been made anew, and is read from where this record stands.
     *
     * @param next the offset behind the last record of this topic that was read; 0 if none was
     * @throws IllegalStateException if the broker, which must be asked where the topic ends, does not answer
     */
    boolean test(long next, RecordMetadata origin) {
        if (origin.offset() >= next) {
            return false;
        }
        if (before.getOrDefault(origin.topic(), 0L) == next) {
            return true;
        }
        String topic = origin.topic() + "-" + origin.partition();
        if (probe.endNow(origin.topic(), origin.partition()) < next) {
            LOG.warn("{} was read up to offset {}, and is shorter now: it was made anew, and is read", topic, next);
            return false;
        }
        LOG.warn("{} comes again from offset {}, though read up to {}: passed over", topic, origin.offset(), next);
        before.put(origin.topic(), next);
        return true;
    }
}
