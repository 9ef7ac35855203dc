package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold between our codec and Confluent's, whichever registry both use. */
abstract class ConfluentCompatibility {

    /** The root of a registry's API. */
    abstract String registryUrl();

    @BeforeEach
    void requireConfluentsClasses() {
        ConfluentClasses.assumeFetched();
    }

    @Test
    void weReadWhatConfluentWrites() {
        try (Serializer<SpecificRecord> theirs = ConfluentClasses.serializer(registryUrl());
                Deserializer<SpecificRecord> ours = Codecs.eventDeserializer(settings())) {
            Samples.byTopic()
                    .forEach((topic, record) -> assertThat(ours.deserialize(topic, theirs.serialize(topic, record)))
                            .isEqualTo(record));
        }
    }

    @Test
    void confluentReadsWhatWeWrite() {
        try (Serializer<SpecificRecord> ours = Codecs.outputSerializer(settings());
                Deserializer<Object> theirs = ConfluentClasses.deserializer(registryUrl(), true)) {
            Samples.byTopic()
                    .forEach((topic, record) -> assertThat(theirs.deserialize(topic, ours.serialize(topic, record)))
                            .isEqualTo(record)
                            .isInstanceOf(record.getClass()));
        }
    }

    @Test
    void confluentReadsOurRecordsWithoutOurClasses() {
        try (Serializer<SpecificRecord> ours = Codecs.outputSerializer(settings());
                Deserializer<Object> theirs = ConfluentClasses.deserializer(registryUrl(), false)) {
            Object record = theirs.deserialize("weir.clicks", ours.serialize("weir.clicks", Samples.click()));
            assertThat(record).isInstanceOf(GenericRecord.class).isNotInstanceOf(SpecificRecord.class);
            assertThat(((GenericRecord) record).get("source")).hasToString("直通车");
            assertThat(((GenericRecord) record).get("cost_micros")).isEqualTo(1_250_000L);
        }
    }

    @Test
    void bothWriteTheSameBytesAfterTheHeader() {
        try (Serializer<SpecificRecord> ours = Codecs.outputSerializer(settings());
                Serializer<SpecificRecord> theirs = ConfluentClasses.serializer(registryUrl())) {
            Samples.byTopic()
                    .forEach((topic, record) -> assertThat(withoutHeader(ours.serialize(topic, record)))
                            .isEqualTo(withoutHeader(theirs.serialize(topic, record))));
        }
    }

    @Test
    void confluentsClassesPlugInByTheirNames() {
        Map<String, Object> plugged = settings();
        plugged.put(Codecs.EVENT_DESERIALIZER, ConfluentClasses.DESERIALIZER);
        plugged.put(Codecs.OUTPUT_SERIALIZER, ConfluentClasses.SERIALIZER);
        try (Serializer<SpecificRecord> theirSerializer = Codecs.outputSerializer(plugged);
                Deserializer<SpecificRecord> theirDeserializer = Codecs.eventDeserializer(plugged);
                Serializer<SpecificRecord> ourSerializer = Codecs.outputSerializer(settings());
                Deserializer<SpecificRecord> ourDeserializer = Codecs.eventDeserializer(settings())) {
            assertThat(theirSerializer.getClass().getName()).isEqualTo(ConfluentClasses.SERIALIZER);
            Samples.byTopic().forEach((topic, record) -> {
                assertThat(theirDeserializer.deserialize(topic, null, ourSerializer.serialize(topic, record)))
                        .isEqualTo(record);
                assertThat(ourDeserializer.deserialize(topic, theirSerializer.serialize(topic, null, record)))
                        .isEqualTo(record);
            });
        }
    }

    @Test
    void registryAnswersBothWithItsErrors() {
        byte[] unknownId = {0, 0, 15, 0, 0, 2, 2};
        Map<String, Object> plugged = settings();
        plugged.put(Codecs.EVENT_DESERIALIZER, ConfluentClasses.DESERIALIZER);
        for (Map<String, Object> settings : List.of(settings(), plugged)) {
            try (Deserializer<SpecificRecord> deserializer = Codecs.eventDeserializer(settings)) {
                assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", unknownId))
                        .isInstanceOfSatisfying(
                                WireException.class,
                                e -> assertThat(e.fault()).isEqualTo(WireException.Fault.UNKNOWN_SCHEMA));
            }
        }
    }

    Map<String, Object> settings() {
        return new HashMap<>(Map.of("schema.registry.url", registryUrl(), "retries.wait.ms", 1));
    }

    private static byte[] withoutHeader(byte[] message) {
        return Arrays.copyOfRange(message, 5, message.length);
    }
}
