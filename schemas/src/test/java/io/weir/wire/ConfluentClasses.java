package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Assumptions;

/** Confluent's genuine serializer and deserializer; the build puts them last on the test's class path. */
final class ConfluentClasses {
    static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

    private ConfluentClasses() {}

    static void assumeFetched() {
        try {
            Class.forName(SERIALIZER);
        } catch (ClassNotFoundException e) {
            Assumptions.abort("Confluent's classes are not there: the build could not fetch pinot-confluent-avro");
        }
    }

    @SuppressWarnings("unchecked")
    static Serializer<SpecificRecord> serializer(String registryUrl) {
        Serializer<SpecificRecord> serializer = (Serializer<SpecificRecord>) instance(SERIALIZER);
        serializer.configure(Map.of("schema.registry.url", registryUrl), false);
        return serializer;
    }

    @SuppressWarnings("unchecked")
    static Deserializer<Object> deserializer(String registryUrl, boolean specific) {
        Deserializer<Object> deserializer = (Deserializer<Object>) instance(DESERIALIZER);
        Map<String, Object> settings = new HashMap<>();
        settings.put("schema.registry.url", registryUrl);
        settings.put("specific.avro.reader", specific);
        // As every reader of generated classes must with Avro 1.12.2, Confluent's included.
        assertThat(RecordTypes.names()).isNotEmpty();
        deserializer.configure(settings, false);
        return deserializer;
    }

    private static Object instance(String name) {
        try {
            return Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
