package io.weir.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated Avro records in the {@link WireFormat}. The schema is registered under {@code <topic>-value}
 * ({@code -key} for keys) with the first record of its kind for a topic, and its id is remembered from then on.
 *
 * <p>A null record becomes null bytes, a tombstone. Several threads may share an instance.
 *
 * <p>Throws {@link SerializationException} for a record that does not fit its schema and for a schema that the
 * registry refuses, {@link RegistryUnavailableException} if the registry cannot be asked.
 */
public final class AvroWireSerializer implements Serializer<SpecificRecord> {
    private static final int USUAL_RECORD_BYTES = 256;

    /** By topic, then by class: two look-ups without an allocation for each record. */
    private final Map<String, Map<Class<?>, Framing>> framings = new ConcurrentHashMap<>();

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    private @Nullable SchemaRegistry registry;
    private boolean autoRegister = true;
    private String subjectSuffix = "-value";

    /** To be followed by {@link #configure}. */
    public AvroWireSerializer() {}

    public AvroWireSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of {@link RegistryConfig} is missing or wrong */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (registry == null) {
            registry = RegistryConfig.registryOf(configs);
        }
        autoRegister = RegistryConfig.autoRegister(configs);
        subjectSuffix = isKey ? "-key" : "-value";
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public byte[] serialize(String topic, SpecificRecord data) {
        if (data == null) {
            return null;
        }
        Framing framing = framingOf(topic, data);
        try {
            return scratch.get().write(framing, data);
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "A " + data.getSchema().getFullName() + " for " + topic + " does not fit its schema: "
                            + e.getMessage(),
                    e);
        }
    }

    private Framing framingOf(String topic, SpecificRecord data) {
        Map<Class<?>, Framing> ofTopic = framings.get(topic);
        Framing framing = ofTopic == null ? null : ofTopic.get(data.getClass());
        return framing == null ? makeFraming(topic, data) : framing;
    }

    private Framing makeFraming(String topic, SpecificRecord data) {
        SchemaRegistry known = Objects.requireNonNull(registry, "configure() comes before serialize()");
        String subject = topic + subjectSuffix;
        Schema schema = data.getSchema();
        Schema portable = PortableSchema.of(schema);
        int id = autoRegister ? known.register(subject, portable) : known.lookup(subject, portable);
        SpecificData model = SpecificData.getForClass(data.getClass());
        Framing framing = new Framing(id, new SpecificDatumWriter<>(schema, model));
        framings.computeIfAbsent(topic, t -> new ConcurrentHashMap<>()).put(data.getClass(), framing);
        return framing;
    }

    /** What stays the same for every record of one class on one topic. */
    private record Framing(int id, DatumWriter<SpecificRecord> writer) {}

    /** The buffers of one thread. */
    private static final class Scratch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_RECORD_BYTES);
        private @Nullable BinaryEncoder encoder;

        byte[] write(Framing framing, SpecificRecord data) throws IOException {
            // The encoder may still hold part of a record that failed: take it over first, then forget its bytes.
            BinaryEncoder fresh = EncoderFactory.get().binaryEncoder(bytes, encoder);
            encoder = fresh;
            bytes.reset();
            int id = framing.id();
            bytes.write(WireFormat.MAGIC);
            bytes.write(id >>> 24);
            bytes.write(id >>> 16);
            bytes.write(id >>> 8);
            bytes.write(id);
            framing.writer().write(data, fresh);
            fresh.flush();
            return bytes.toByteArray();
        }
    }
}
