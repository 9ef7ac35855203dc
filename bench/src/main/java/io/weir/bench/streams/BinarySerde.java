package io.weir.bench.streams;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A serde from the two functions that write and read a value in Weir's binary form; null stays null. */
record BinarySerde<T>(BiConsumer<T, BinaryWriter> writing, Function<BinaryReader, T> reading) implements Serde<T> {

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public Serializer<T> serializer() {
        return (topic, value) -> {
            if (value == null) {
                return null;
            }
            BinaryWriter out = new BinaryWriter();
            writing.accept(value, out);
            return out.toByteArray();
        };
    }

    @Override
    @SuppressWarnings("NullAway") // the same
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : reading.apply(new BinaryReader(bytes));
    }
}
