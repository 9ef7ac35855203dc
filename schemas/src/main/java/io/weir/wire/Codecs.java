package io.weir.wire;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The codecs of the pipeline's ends, chosen by configuration: our own by default, or any Kafka class that reads or
 * writes our records. The chosen class is configured, for values, with the settings it was found in.
 */
public final class Codecs {
    /** The class that reads the events: by default {@link AvroWireDeserializer}. */
    public static final String EVENT_DESERIALIZER = "event.deserializer";

    /** The class that writes the results: by default {@link AvroWireSerializer}. */
    public static final String OUTPUT_SERIALIZER = "output.serializer";

    /** Asks Confluent's deserializer for records of our generated classes. */
    private static final String SPECIFIC_READER = "specific.avro.reader";

    private Codecs() {}

    /**
     * A deserializer that yields our records and fails as {@link AvroWireDeserializer} does, whatever class it is.
     *
     * @param config {@value #EVENT_DESERIALIZER}, {@code record.type.<topic>} for the record that a topic must carry,
     *     and what the class itself understands
     * @throws ConfigException if the class is missing, is no deserializer or refuses its settings
     */
    public static Deserializer<SpecificRecord> eventDeserializer(Map<String, ?> config) {
        Deserializer<?> chosen = instance(config, EVENT_DESERIALIZER, Deserializer.class, AvroWireDeserializer.class);
        if (chosen instanceof AvroWireDeserializer ours) {
            ours.configure(config, false);
            return ours;
        }
        Map<String, Object> settings = new HashMap<>(config);
        settings.putIfAbsent(SPECIFIC_READER, "true");
        // Loads RecordTypes too, so that Avro trusts our classes whoever decodes them.
        Map<String, Schema> byTopic = RecordTypes.byTopic(config);
        chosen.configure(settings, false);
        return new PluggedDeserializer(chosen, byTopic);
    }

    /**
     * A serializer of our records.
     *
     * @param config {@value #OUTPUT_SERIALIZER} and what the class itself understands
     * @throws ConfigException if the class is missing, is no serializer or refuses its settings
     */
    @SuppressWarnings("unchecked") // a serializer that cannot write our records says so at the first one
    public static Serializer<SpecificRecord> outputSerializer(Map<String, ?> config) {
        Serializer<?> chosen = instance(config, OUTPUT_SERIALIZER, Serializer.class, AvroWireSerializer.class);
        chosen.configure(config, false);
        return (Serializer<SpecificRecord>) chosen;
    }

    private static <T> T instance(Map<String, ?> config, String key, Class<T> kind, Class<? extends T> usual) {
        Object named = config.get(key);
        if (named == null || named.toString().isBlank()) {
            named = usual;
        }
        Class<?> type = named instanceof Class<?> given
                ? given
                : load(key, named.toString().strip());
        if (!kind.isAssignableFrom(type)) {
            throw new ConfigException(key, type.getName(), "must implement " + kind.getName());
        }
        try {
            return kind.cast(type.getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            var wrong = new ConfigException(key, type.getName(), "cannot be instantiated: " + e);
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static Class<?> load(String key, String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, context == null ? Codecs.class.getClassLoader() : context);
        } catch (ClassNotFoundException | LinkageError e) {
            String cure = name.startsWith("io.confluent.")
                    ? "build with -Pconfluent to add Confluent's serializers"
                    : "add the jar that holds it";
            var missing = new ConfigException(key, name, "is not on the class path (" + e + "); " + cure);
            missing.initCause(e);
            throw missing;
        }
    }
}
