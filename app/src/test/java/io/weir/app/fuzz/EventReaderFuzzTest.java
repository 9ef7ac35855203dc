package io.weir.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.app.system.bad.BadRecord;
import io.weir.app.system.bad.Corpus;
import io.weir.domain.EventType;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import io.weir.serde.VisitorNames;
import io.weir.wire.AvroWireDeserializer;
import io.weir.wire.AvroWireSerializer;
import io.weir.wire.EmbeddedSchemaRegistry;
import io.weir.wire.WireException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire codec, with the schemas of the whole corpus in its registry, and what makes events of its records. */
class EventReaderFuzzTest {
    private static final int MOST_SEED_BYTES = 200;
    private static final int EACH_SEED = 11;
    private static final long LATEST_MS = 1_800_000_000_000L;
    private static final EmbeddedSchemaRegistry REGISTRY = new EmbeddedSchemaRegistry();
    private static final List<BadRecord> CORPUS = Corpus.records(REGISTRY::register, 1_772_445_600_000L, LATEST_MS);
    private static final AvroWireDeserializer DESERIALIZER = new AvroWireDeserializer(
            REGISTRY,
            Map.of(
                    "clicks", Click.getClassSchema(),
                    "visits", Visit.getClassSchema(),
                    "payments", Payment.getClassSchema()));
    private static final AvroWireSerializer SERIALIZER = new AvroWireSerializer(REGISTRY);
    private static final EventReader READER = reader();
    private static final byte[] KEY = {97, 110, 110};

    private static EventReader reader() {
        Map<EventType, Deserializer<?>> byInput = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            byInput.put(input, DESERIALIZER);
        }
        return new EventReader(byInput, 1_024, VisitorNames.asTheyCome());
    }

    /** Some of the corpus. The first byte says which input; the rest is the value. */
    static Stream<byte[]> seeds() {
        List<BadRecord> small = CORPUS.stream()
                .filter(each -> each.value() != null && each.value().length < MOST_SEED_BYTES)
                .toList();
        return IntStream.range(0, small.size() / EACH_SEED)
                .mapToObj(place -> small.get(place * EACH_SEED))
                .map(EventReaderFuzzTest::seed);
    }

    private static byte[] seed(BadRecord each) {
        byte[] seed = new byte[1 + each.value().length];
        seed[0] = (byte) each.input().ordinal();
        System.arraycopy(each.value(), 0, seed, 1, each.value().length);
        return seed;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void bytesAreAnEventOrRejected(byte[] bytes) {
        if (bytes.length > 0) {
            EventType input = EventType.values()[Math.floorMod(bytes[0], EventType.values().length)];
            byte[] value = Arrays.copyOfRange(bytes, 1, bytes.length);
            Bounds.hold(() -> decode(input.plural(), value));
            Bounds.hold(() -> read(input, value));
        }
    }

    private static void decode(String topic, byte[] value) {
        try {
            SpecificRecord record = DESERIALIZER.deserialize(topic, value);
            byte[] again = SERIALIZER.serialize(topic, record);
            assertThat(DESERIALIZER.deserialize(topic, again)).isEqualTo(record);
        } catch (WireException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void read(EventType input, byte[] value) {
        try {
            READER.read(input, input.plural(), new RecordHeaders(), KEY, value, LATEST_MS);
        } catch (RejectedException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
