package io.weir.bench.flink;

import io.weir.bench.Stopwatch;
import io.weir.bench.core.Arrival;
import io.weir.domain.EventType;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records of the inputs as they are; they are decoded behind the shuffle. */
final class ArrivalSchema implements KafkaRecordDeserializationSchema<Arrival> {
    static final TypeInformation<Arrival> TYPE = new BinaryType<>(Arrival.class, new ArrivalSerializer());
    private static final long serialVersionUID = 1;

    private final Map<String, EventType> inputs;

    /** @param inputs by topic */
    ArrivalSchema(Map<String, EventType> inputs) {
        this.inputs = inputs;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Arrival> out) {
        Stopwatch.recordRead();
        EventType input = inputs.get(message.topic());
        if (input == null) {
            throw new IllegalStateException(message.topic() + " is no input");
        }
        out.collect(Arrival.of(input, message));
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
        return TYPE;
    }
}
