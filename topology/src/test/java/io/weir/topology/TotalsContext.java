package io.weir.topology;

import java.io.File;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What a totals processor sees of Kafka Streams in a test: each record stands behind the one before, also after a restart. */
final class TotalsContext extends MockProcessorContext<byte[], SpecificRecord> {
    private static final AtomicLong OFFSETS = new AtomicLong();

    TotalsContext(File stateDir) {
        super(new Properties(), new TaskId(0, 0), stateDir);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.of(new SimulatedOrigin(Names.PUBLICATIONS, 0, OFFSETS.getAndIncrement()));
    }
}
