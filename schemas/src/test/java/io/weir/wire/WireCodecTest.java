package io.weir.wire;

import static io.weir.wire.WireException.Fault.UNDECODABLE;
import static io.weir.wire.WireException.Fault.UNKNOWN_SCHEMA;
import static io.weir.wire.WireException.Fault.WRONG_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schema.Click;
import io.weir.schema.Visit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireCodecTest {
    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
    private final AvroWireSerializer serializer = new AvroWireSerializer(registry);
    private final AvroWireDeserializer deserializer = new AvroWireDeserializer(
            registry, Map.of("weir.clicks", Click.getClassSchema(), "weir.visits", Visit.getClassSchema()));

    @ParameterizedTest
    @ValueSource(strings = {"weir.clicks", "weir.visits", "weir.payments", "weir.windows"})
    void bytesOnTheWireAreTheGoldenOnes(String topic) throws IOException {
        SpecificRecord record = Samples.byTopic().get(topic);
        byte[] golden = golden(record.getSchema().getName());
        // The golden bytes carry ids 1 to 4, in the order of the topics.
        Samples.byTopic().forEach(serializer::serialize);

        assertThat(HexFormat.of().formatHex(serializer.serialize(topic, record)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(deserializer.deserialize(topic, golden)).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weir.clicks", "weir.visits", "weir.payments", "weir.windows"})
    void goldenBytesOfTheFrozenVersionAreStillRead(String topic) throws IOException {
        SpecificRecord record = Samples.byTopic().get(topic);
        for (SpecificRecord each : Samples.byTopic().values()) {
            String name = each.getSchema().getName();
            try (InputStream frozen = getClass().getResourceAsStream("/frozen/v1/" + name + ".avsc")) {
                registry.register(
                        name, PortableSchema.parse(new String(frozen.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        assertThat(deserializer.deserialize(topic, golden(record.getSchema().getName())))
                .isEqualTo(record);
    }

    @Test
    void randomRecordsComeBackAsTheyWere() {
        long seed = 20251111;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            SpecificRecord record = Samples.random(random);
            String topic = Samples.topicOf(record);
            assertThat(deserializer.deserialize(topic, serializer.serialize(topic, record)))
                    .as("seed %d, record %d", seed, i)
                    .isEqualTo(record);
        }
    }

    @Test
    void threadsShareOneCodec() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        SpecificRecord record = Samples.random(random);
                        String topic = Samples.topicOf(record);
                        assertThat(deserializer.deserialize(topic, serializer.serialize(topic, record)))
                                .isEqualTo(record);
                    }
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nullIsATombstoneBothWays() {
        assertThat(serializer.serialize("weir.windows", null)).isNull();
        assertThat(deserializer.deserialize("weir.windows", null)).isNull();
    }

    @Test
    void recordThatDoesNotFitItsSchemaIsNamedAndLeavesNoTrace() {
        Click broken = new Click("c", "v", null, "s", null, 1L, Samples.TIME);
        assertThatThrownBy(() -> serializer.serialize("weir.clicks", broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("io.weir.schema.Click for weir.clicks")
                .hasMessageContaining("product_id");
        assertThat(deserializer.deserialize("weir.clicks", serializer.serialize("weir.clicks", Samples.click())))
                .isEqualTo(Samples.click());
    }

    @Test
    void keysHaveASubjectOfTheirOwn() {
        AvroWireSerializer keys = new AvroWireSerializer(registry);
        keys.configure(Map.of(), true);
        keys.serialize("weir.clicks", Samples.click());
        serializer.serialize("weir.clicks", Samples.click());
        assertThat(registry.subjects()).containsExactlyInAnyOrder("weir.clicks-key", "weir.clicks-value");
    }

    @Test
    void withoutAutomaticRegistrationTheSchemaMustBeThere() {
        AvroWireSerializer careful = new AvroWireSerializer(registry);
        careful.configure(Map.of("auto.register.schemas", "false"), false);
        assertThatThrownBy(() -> careful.serialize("weir.clicks", Samples.click()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("weir.clicks-value");
        byte[] bytes = serializer.serialize("weir.clicks", Samples.click());
        assertThat(careful.serialize("weir.clicks", Samples.click())).isEqualTo(bytes);
    }

    @Test
    void messagesWithoutAWholeHeaderAreUndecodable() {
        assertFault(UNDECODABLE, "weir.clicks", new byte[0], "0 bytes");
        assertFault(UNDECODABLE, "weir.clicks", new byte[] {0, 0, 0, 1}, "4 bytes");
        assertFault(UNDECODABLE, "weir.clicks", "{\"click_id\":1}".getBytes(StandardCharsets.UTF_8), "magic byte");
        assertFault(UNDECODABLE, "weir.clicks", new byte[] {0, -1, 0, 0, 1, 0}, "negative");
    }

    @Test
    void idThatTheRegistryDoesNotKnowIsUnknown() {
        assertFault(UNKNOWN_SCHEMA, "weir.clicks", new byte[] {0, 0, 0, 0, 9, 2, 2}, "9");
    }

    @Test
    void recordOfAnotherNameIsTheWrongSchema() {
        byte[] visit = serializer.serialize("weir.clicks", Samples.visit());
        assertFault(WRONG_SCHEMA, "weir.clicks", visit, "io.weir.schema.Visit, expected io.weir.schema.Click");
        Schema foreign = SchemaBuilder.record("com.example.Click")
                .fields()
                .requiredString("a")
                .endRecord();
        assertFault(WRONG_SCHEMA, "any", framed(foreign, record -> record.put("a", "b")), "com.example.Click");
        int id = registry.register("other-value", Schema.create(Schema.Type.STRING));
        assertFault(WRONG_SCHEMA, "any", new byte[] {0, 0, 0, 0, (byte) id, 2, 'a'}, "string");
    }

    @Test
    void enumOfARecordsNameIsTheWrongSchema() {
        Schema named = SchemaBuilder.enumeration("io.weir.schema.Click").symbols("A");
        int id = registry.register("enum-value", named);
        assertFault(WRONG_SCHEMA, "any", new byte[] {0, 0, 0, 0, (byte) id, 0}, "no record but of type enum");
    }

    @Test
    void timeThatIsOptionalForItsWriterIsReadWhereItIsThere() {
        Schema ours = PortableSchema.of(Click.getClassSchema());
        Schema time = ours.getField("event_time").schema();
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : ours.getFields()) {
            Schema type = field.name().equals("event_time")
                    ? Schema.createUnion(Schema.create(Schema.Type.NULL), time)
                    : field.schema();
            fields.add(new Schema.Field(field.name(), type));
        }
        Schema optional = Schema.createRecord("Click", null, "io.weir.schema", false, fields);
        byte[] bytes = framed(optional, WireCodecTest::fillClick);
        GenericRecord filled = new GenericData.Record(ours);
        fillClick(filled);
        assertThat(((Click) deserializer.deserialize("weir.clicks", bytes)).getEventTime())
                .isEqualTo(Instant.ofEpochMilli((Long) filled.get("event_time")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "63c3", "c080", "eda0bdedb880", "f4908080", "feff", "efbfbdff"})
    void textThatIsNoUtf8IsUndecodableAndNotAnotherText(String bytes) {
        Utf8 text = new Utf8(HexFormat.of().parseHex(bytes));
        byte[] required = framed(PortableSchema.of(Click.getClassSchema()), record -> {
            fillClick(record);
            record.put("click_id", text);
        });
        assertFault(UNDECODABLE, "weir.clicks", required, "click_id of the io.weir.schema.Click is no UTF-8");
        byte[] optional = framed(PortableSchema.of(Click.getClassSchema()), record -> {
            fillClick(record);
            record.put("campaign_id", text);
        });
        assertFault(UNDECODABLE, "weir.clicks", optional, "campaign_id of the io.weir.schema.Click is no UTF-8");
    }

    @Test
    void theReplacementCharacterItselfIsText() {
        byte[] bytes = framed(PortableSchema.of(Click.getClassSchema()), record -> {
            fillClick(record);
            record.put("campaign_id", "\uFFFD");
        });
        assertThat(((Click) deserializer.deserialize("weir.clicks", bytes)).getCampaignId())
                .isEqualTo("\uFFFD");
    }

    @Test
    void olderAndNewerWritersAreRead() {
        Schema longer = SchemaBuilder.record("io.weir.schema.Click")
                .fields()
                .requiredString("visitor_id")
                .requiredString("click_id")
                .name("tags")
                .type()
                .map()
                .values()
                .array()
                .items()
                .stringType()
                .noDefault()
                .requiredString("product_id")
                .requiredString("source")
                .requiredInt("cost_micros")
                .requiredLong("event_time")
                .endRecord();
        byte[] bytes = framed(longer, record -> {
            record.put("visitor_id", "v");
            record.put("click_id", "c");
            record.put("tags", Map.of("k", List.of("a", "b")));
            record.put("product_id", "p");
            record.put("source", "s");
            record.put("cost_micros", 7);
            record.put("event_time", 1_000L);
        });
        assertThat(deserializer.deserialize("weir.clicks", bytes))
                .isEqualTo(new Click("c", "v", "p", "s", null, 7L, Instant.ofEpochSecond(1)));
    }

    @Test
    void otherTimeUnitIsTheWrongSchema() {
        String micros =
                PortableSchema.of(Click.getClassSchema()).toString().replace("timestamp-millis", "timestamp-micros");
        byte[] bytes = framed(PortableSchema.parse(micros), WireCodecTest::fillClick);
        assertFault(WRONG_SCHEMA, "weir.clicks", bytes, "event_time is written as timestamp-micros");
    }

    @Test
    void writerThatFitsOnlyPartlyLosesOnlyWhatDoesNotFit() {
        String nullable = PortableSchema.of(Click.getClassSchema())
                .toString()
                .replace(
                        "{\"name\":\"source\",\"type\":\"string\"",
                        "{\"name\":\"source\",\"type\":[\"null\",\"string\"]");
        Schema writer = PortableSchema.parse(nullable);
        byte[] good = framed(writer, WireCodecTest::fillClick);
        byte[] bad = framed(writer, record -> {
            fillClick(record);
            record.put("source", null);
        });
        assertThat(deserializer.deserialize("weir.clicks", good)).isInstanceOf(Click.class);
        assertFault(WRONG_SCHEMA, "weir.clicks", bad, "source");
    }

    @Test
    void schemaThatLacksARequiredFieldIsTheWrongSchema() {
        Schema poor = SchemaBuilder.record("io.weir.schema.Click")
                .fields()
                .requiredString("click_id")
                .endRecord();
        assertFault(WRONG_SCHEMA, "weir.clicks", framed(poor, record -> record.put("click_id", "c")), "visitor_id");
    }

    @Test
    void recordTypesOfTopicsAreConfigured() {
        AvroWireDeserializer configured = new AvroWireDeserializer();
        configured.configure(
                Map.of("schema.registry.client", registry, "record.type.weir.clicks", "io.weir.schema.Click"), false);
        byte[] visit = serializer.serialize("weir.visits", Samples.visit());
        assertThat(configured.deserialize("weir.visits", visit)).isEqualTo(Samples.visit());
        assertThatThrownBy(() -> configured.deserialize("weir.clicks", visit)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> new AvroWireDeserializer()
                        .configure(Map.of("record.type.weir.clicks", "java.lang.Runtime"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("record.type.weir.clicks")
                .hasMessageContaining("io.weir.schema.Click");
    }

    private void assertFault(WireException.Fault fault, String topic, byte[] bytes, String inMessage) {
        assertThatThrownBy(() -> deserializer.deserialize(topic, bytes))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(inMessage);
    }

    private byte[] framed(Schema writer, Consumer<GenericRecord> fill) {
        GenericRecord record = new GenericData.Record(writer);
        fill.accept(record);
        int id = registry.register(writer.getFullName() + writer.hashCode(), writer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, (byte) id});
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(writer).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static void fillClick(GenericRecord record) {
        for (String name : Arrays.asList("click_id", "visitor_id", "product_id", "source")) {
            record.put(name, name);
        }
        record.put("cost_micros", 1L);
        record.put("event_time", 1L);
    }

    private static byte[] golden(String type) throws IOException {
        try (InputStream in = WireCodecTest.class.getResourceAsStream("/golden/" + type + ".hex")) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }
}
