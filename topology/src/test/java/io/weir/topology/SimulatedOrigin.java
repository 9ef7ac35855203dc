package io.weir.topology;

import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where a record stands that a test gives to a processor. */
record SimulatedOrigin(String topic, int partition, long offset) implements RecordMetadata {}
