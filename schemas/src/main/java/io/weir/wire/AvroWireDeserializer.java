package io.weir.wire;

import static io.weir.wire.WireException.Fault.UNDECODABLE;
import static io.weir.wire.WireException.Fault.WRONG_SCHEMA;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link WireFormat} into our generated records. The writer's schema is the one that the registry has for
 * the message's id, looked up once; the reader's schema is always that of our own class, so nothing that a message or
 * a registry says can name a class to load.
 *
 * <p>Which record a topic must carry is told by {@code record.type.<topic>} (a generated class's name) or by the
 * constructor; on other topics any of our four records is accepted. Null bytes become null. Several threads may share
 * an instance.
 *
 * <p>Throws {@link WireException} for a message that can never be read, {@link RegistryUnavailableException} if the
 * registry cannot be asked. Avro's decoder checks each length that a message claims against the bytes that are left
 * before it allocates; so the memory that garbage can take is bounded by its own size.
 */
public final class AvroWireDeserializer implements Deserializer<SpecificRecord> {
    /** Followed by a topic: the class of the records that it must carry. */
    public static final String RECORD_TYPE_PREFIX = RecordTypes.TOPIC_PREFIX;

    private final Map<Integer, RecordReader> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    private @Nullable SchemaRegistry registry;
    private Map<String, Schema> byTopic;

    /** To be followed by {@link #configure}. */
    public AvroWireDeserializer() {
        this.byTopic = Map.of();
    }

    public AvroWireDeserializer(SchemaRegistry registry) {
        this(registry, Map.of());
    }

    /** @param byTopic the schema of the generated class that each topic must carry */
    public AvroWireDeserializer(SchemaRegistry registry, Map<String, Schema> byTopic) {
        this.registry = registry;
        this.byTopic = Map.copyOf(byTopic);
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a record type is not one of ours or a setting of {@link RegistryConfig} is wrong */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Map<String, Schema> told = new HashMap<>(byTopic);
        told.putAll(RecordTypes.byTopic(configs));
        byTopic = Map.copyOf(told);
        if (registry == null) {
            registry = RegistryConfig.registryOf(configs);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public SpecificRecord deserialize(String topic, byte[] data) {
        if (data == null) {
            return null;
        }
        if (data.length < WireFormat.HEADER_BYTES) {
            throw new WireException(
                    UNDECODABLE,
                    topic + ": a message of " + data.length + " bytes; the header alone has "
                            + WireFormat.HEADER_BYTES);
        }
        if (data[0] != WireFormat.MAGIC) {
            throw new WireException(
                    UNDECODABLE, topic + ": the message begins with byte " + data[0] + ", not with the magic byte 0");
        }
        int id = WireFormat.schemaId(data);
        Scratch mine = scratch.get();
        RecordReader reader = mine.lastReader;
        if (reader == null || mine.lastId != id) {
            reader = readerOf(topic, id);
            mine.lastReader = reader;
            mine.lastId = id;
        }
        check(topic, id, reader);
        return read(topic, id, reader, mine, data);
    }

    private RecordReader readerOf(String topic, int id) {
        RecordReader known = readers.get(id);
        if (known != null) {
            return known;
        }
        if (id < 0) {
            throw new WireException(UNDECODABLE, topic + ": schema id " + id + " is negative");
        }
        Schema writer = Objects.requireNonNull(registry, "configure() comes before deserialize()")
                .schemaById(id);
        Schema ours = RecordTypes.named(writer.getFullName());
        RecordReader reader = ours == null
                ? RecordReader.refusing(writer.getFullName(), "not one of " + RecordTypes.names())
                : RecordReader.resolving(writer, ours);
        readers.put(id, reader);
        return reader;
    }

    private void check(String topic, int id, RecordReader reader) {
        Schema expected = byTopic.get(topic);
        if (expected != null && !expected.getFullName().equals(reader.fullName())) {
            throw new WireException(
                    WRONG_SCHEMA,
                    topic + ": schema " + id + " is " + reader.fullName() + ", expected " + expected.getFullName());
        }
        if (reader.refusal() != null) {
            throw new WireException(
                    WRONG_SCHEMA, topic + ": schema " + id + ", " + reader.fullName() + ": " + reader.refusal());
        }
    }

    private static SpecificRecord read(String topic, int id, RecordReader reader, Scratch mine, byte[] data) {
        SpecificRecord result;
        int left;
        String notUtf8;
        try {
            BinaryDecoder decoder = mine.decoderOf(data);
            result = reader.read(decoder);
            left = decoder.remainingBytes();
            notUtf8 = RawTexts.areDoubtful(result) ? reader.notUtf8(mine.decoderOf(data)) : null;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The decoder runs over bytes in memory: whatever goes wrong here is in those bytes.
            String misfit = reader.misfit();
            throw new WireException(
                    misfit == null ? UNDECODABLE : WRONG_SCHEMA,
                    topic + ": not a " + reader.fullName() + " as written with schema " + id + ": "
                            + (misfit == null ? reason(e) : misfit),
                    e);
        }
        if (left > 0) {
            throw new WireException(
                    UNDECODABLE, topic + ": " + left + " bytes follow the " + reader.fullName() + " of schema " + id);
        }
        if (notUtf8 != null) {
            throw new WireException(
                    UNDECODABLE, topic + ": " + notUtf8 + " of the " + reader.fullName() + " is no UTF-8");
        }
        return result;
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The decoder of one thread, and the reader it used last: most topics carry one schema. */
    private static final class Scratch {
        private @Nullable BinaryDecoder decoder;
        private @Nullable RecordReader lastReader;
        private int lastId;

        /** At the beginning of the message's record. */
        BinaryDecoder decoderOf(byte[] data) {
            decoder = DecoderFactory.get()
                    .binaryDecoder(data, WireFormat.HEADER_BYTES, data.length - WireFormat.HEADER_BYTES, decoder);
            return decoder;
        }
    }
}
