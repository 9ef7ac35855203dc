package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.ConnectException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class CodecsTest {
    private static final byte[] MESSAGE = {0, 0, 0, 0, 1, 2};
    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
    private final Map<String, Object> embedded = Map.of("schema.registry.client", registry);

    @Test
    void ourOwnCodecIsTheDefault() {
        try (Serializer<SpecificRecord> serializer = Codecs.outputSerializer(embedded);
                Deserializer<SpecificRecord> deserializer = Codecs.eventDeserializer(embedded)) {
            assertThat(serializer).isInstanceOf(AvroWireSerializer.class);
            assertThat(deserializer).isInstanceOf(AvroWireDeserializer.class);
            byte[] bytes = serializer.serialize("weir.clicks", Samples.click());
            assertThat(deserializer.deserialize("weir.clicks", bytes)).isEqualTo(Samples.click());
        }
    }

    @Test
    void missingClassIsNamedWithTheCure() {
        assertThatThrownBy(() -> Codecs.eventDeserializer(Map.of(Codecs.EVENT_DESERIALIZER, "io.confluent.No")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("event.deserializer", "io.confluent.No", "-Pconfluent");
        assertThatThrownBy(() -> Codecs.outputSerializer(Map.of(Codecs.OUTPUT_SERIALIZER, "com.example.No")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("output.serializer", "com.example.No", "add the jar");
    }

    @Test
    void classOfAnotherKindIsRefused() {
        assertThatThrownBy(() ->
                        Codecs.outputSerializer(Map.of(Codecs.OUTPUT_SERIALIZER, StringDeserializer.class.getName())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must implement " + Serializer.class.getName());
        assertThatThrownBy(() -> Codecs.eventDeserializer(Map.of(Codecs.EVENT_DESERIALIZER, WithoutConstructor.class)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be instantiated");
    }

    @Test
    void missingRegistryIsAnErrorOfTheConfiguration() {
        assertThatThrownBy(() -> Codecs.eventDeserializer(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void pluggedClassThatYieldsSomethingElseIsTheWrongSchema() {
        try (Deserializer<SpecificRecord> strings =
                Codecs.eventDeserializer(Map.of(Codecs.EVENT_DESERIALIZER, StringDeserializer.class))) {
            assertThat(strings.deserialize("weir.clicks", null)).isNull();
            assertThatThrownBy(() -> strings.deserialize("weir.clicks", MESSAGE))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.fault()).isEqualTo(WireException.Fault.WRONG_SCHEMA))
                    .hasMessageContaining("java.lang.String");
        }
    }

    @Test
    void pluggedClassIsHeldToTheRecordOfTheTopic() {
        Map<String, Object> settings = Map.of(
                Codecs.EVENT_DESERIALIZER, AlwaysAClick.class, "record.type.weir.visits", "io.weir.schema.Visit");
        try (Deserializer<SpecificRecord> clicks = Codecs.eventDeserializer(settings)) {
            assertThat(clicks.deserialize("weir.clicks", MESSAGE)).isEqualTo(Samples.click());
            assertThatThrownBy(() -> clicks.deserialize("weir.visits", MESSAGE))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.fault()).isEqualTo(WireException.Fault.WRONG_SCHEMA))
                    .hasMessageContaining("expected io.weir.schema.Visit");
        }
    }

    @Test
    void pluggedClassThatChokesOnTheMessageIsToldFromOneWithoutARegistry() {
        assertFault(new SerializationException("Unknown magic byte!"), WireException.Fault.UNDECODABLE);
        assertFault(new IndexOutOfBoundsException("7"), WireException.Fault.UNDECODABLE);
        assertFault(new SerializationException("x", new EOFException()), WireException.Fault.UNDECODABLE);
        assertUnavailable(new SerializationException("x", new ConnectException("refused")));
        assertUnavailable(new TimeoutException("x"));
        assertUnavailable(new SerializationException("x", new Exception("boom; error code: 50001")));
    }

    @Test
    void confluentsDeserializerWithoutARegistryBlamesNoMessage() {
        ConfluentClasses.assumeFetched();
        Map<String, Object> settings = Map.of(
                Codecs.EVENT_DESERIALIZER,
                ConfluentClasses.DESERIALIZER,
                "schema.registry.url",
                "http://127.0.0.1:1",
                "max.retries",
                0);
        try (Deserializer<SpecificRecord> deserializer = Codecs.eventDeserializer(settings)) {
            assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", MESSAGE))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("Connection refused");
            assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", new byte[] {7, 7}))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.fault()).isEqualTo(WireException.Fault.UNDECODABLE));
        }
    }

    private static void assertFault(RuntimeException thrown, WireException.Fault fault) {
        assertThatThrownBy(() -> throwing(thrown).deserialize("weir.clicks", MESSAGE))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private static void assertUnavailable(RuntimeException thrown) {
        assertThatThrownBy(() -> throwing(thrown).deserialize("weir.clicks", MESSAGE))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private static Deserializer<SpecificRecord> throwing(RuntimeException thrown) {
        return new PluggedDeserializer(
                (topic, data) -> {
                    throw thrown;
                },
                Map.of());
    }

    /** Reads every message as the same click. */
    public static final class AlwaysAClick implements Deserializer<SpecificRecord> {
        @Override
        public SpecificRecord deserialize(String topic, byte[] data) {
            return Samples.click();
        }
    }

    /** A deserializer that cannot be made from its name. */
    static final class WithoutConstructor implements Deserializer<SpecificRecord> {
        WithoutConstructor(String needed) {}

        @Override
        public SpecificRecord deserialize(String topic, byte[] data) {
            return null;
        }
    }
}
