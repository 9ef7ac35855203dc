package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.weir.schema.Click;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that nobody meant: each either is a record or a {@link WireException}, at once and without much memory. */
class GarbageTest {
    /** Enough for an exception and what the JVM loads at the first of its kind; garbage claims up to two billion. */
    private static final long ALLOWED_BYTES = 1024 * 1024;

    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
    private final AvroWireSerializer serializer = new AvroWireSerializer(registry);
    private final AvroWireDeserializer deserializer = new AvroWireDeserializer(registry);

    /** Registers our schemas with the ids 1 to 4 and builds their readers, which costs more than a message may. */
    @BeforeEach
    void warmUp() {
        Samples.byTopic().forEach((topic, record) -> {
            byte[] bytes = serializer.serialize(topic, record);
            assertThat(isRecord(bytes, topic)).isTrue();
            assertThat(isRecord(Arrays.copyOf(bytes, 9), topic)).isFalse();
        });
    }

    @Test
    void randomBytesYieldOnlyWireExceptions() {
        long seed = 4711;
        Random random = new Random(seed);
        int rejected = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 4 && i % 4 != 0) {
                Arrays.fill(bytes, 0, 4, (byte) 0);
                bytes[4] = (byte) (1 + random.nextInt(4));
            }
            rejected += decode(bytes, "seed " + seed + ", case " + i) ? 0 : 1;
        }
        assertThat(rejected).isGreaterThan(49_000);
    }

    @Test
    void everyTruncationIsRejected() {
        for (var sample : Samples.byTopic().entrySet()) {
            byte[] good = serializer.serialize(sample.getKey(), sample.getValue());
            for (int length = 0; length < good.length; length++) {
                assertThat(decode(Arrays.copyOf(good, length), sample.getKey() + " cut to " + length))
                        .as("%s cut to %d", sample.getKey(), length)
                        .isFalse();
            }
            assertThat(decode(Arrays.copyOf(good, good.length + 1), "one byte more"))
                    .isFalse();
        }
    }

    @Test
    void bitFlipsYieldARecordOrAWireException() {
        for (var sample : Samples.byTopic().entrySet()) {
            byte[] good = serializer.serialize(sample.getKey(), sample.getValue());
            for (int bit = 0; bit < good.length * 8; bit++) {
                byte[] flipped = good.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                decode(flipped, sample.getKey() + " with bit " + bit + " flipped");
            }
        }
    }

    @Test
    void mutatedRecordsYieldARecordOrAWireException() {
        long seed = 815;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            SpecificRecord record = Samples.random(random);
            byte[] bytes = serializer.serialize(Samples.topicOf(record), record);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            decode(bytes, "seed " + seed + ", case " + i);
        }
    }

    @Test
    void hugeClaimsInFieldsThatWeSkipAreRejectedToo() {
        Schema writer = SchemaBuilder.record("io.weir.schema.Click")
                .fields()
                .name("list")
                .type()
                .array()
                .items()
                .longType()
                .noDefault()
                .name("map")
                .type()
                .map()
                .values()
                .bytesType()
                .noDefault()
                .name("blob")
                .type()
                .bytesType()
                .noDefault()
                .endRecord();
        List<Schema.Field> fields = new ArrayList<>();
        writer.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Click.getClassSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema wide = Schema.createRecord("Click", null, "io.weir.schema", false, fields);
        byte id = (byte) registry.register("wide-value", wide);

        isRecord(new byte[] {0, 0, 0, 0, id, 1}, "the first of its schema");
        long seed = 99;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[6 + random.nextInt(60)];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, 4, (byte) 0);
            bytes[4] = id;
            decode(bytes, "seed " + seed + ", case " + i);
        }
    }

    @Test
    void endlessNestingIsUndecodableNotAStackOverflow() {
        Schema deep = PortableSchema.parse("""
                {"type": "record", "name": "Click", "namespace": "io.weir.schema", "fields": [
                  {"name": "next", "type": ["null", "Click"]}]}""");
        byte id = (byte) registry.register("deep-value", deep);
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 2);
        Arrays.fill(bytes, 0, 4, (byte) 0);
        bytes[4] = id;
        assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", bytes)).isInstanceOf(WireException.class);
    }

    /** Ten bytes of such a list can claim more items than can be counted in a day. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"null\"",
                "{\"type\": \"record\", \"name\": \"Empty\", \"fields\": []}",
                "{\"type\": \"fixed\", \"name\": \"Nothing\", \"size\": 0}",
                "{\"type\": \"record\", \"name\": \"Hollow\", \"fields\": [{\"name\": \"none\", \"type\": \"null\"}]}",
                "{\"type\": \"record\", \"name\": \"Ring\", \"fields\": [{\"name\": \"next\", \"type\": \"Ring\"}]}"
            })
    void aListWhoseItemsTakeNoBytesIsRefusedWhereverItIs(String item) {
        String list = "{\"type\": \"array\", \"items\": " + item + "}";
        for (String type : List.of(
                list,
                "[\"null\", " + list + "]",
                "{\"type\": \"map\", \"values\": " + list + "}",
                "{\"type\": \"array\", \"items\": " + list + "}",
                "{\"type\": \"record\", \"name\": \"Inner\", \"fields\": [{\"name\": \"list\", \"type\": " + list
                        + "}]}")) {
            byte[] ten = {0, 0, 0, 0, writtenWith(type), 10, 0};
            assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", ten))
                    .as(type)
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("more is a list whose items take no bytes");
        }
    }

    /** Each of these records has the next one twice: some kilobytes of schema, 2^40 values, no byte in any record. */
    @Test
    void recordsThatGrowBeyondAllBoundsOneWithinAnotherAreRefused() {
        String nested = "\"null\"";
        for (int depth = 0; depth < 40; depth++) {
            String first = "{\"name\": \"a\", \"type\": " + nested + "}";
            String again = depth == 0 ? "\"null\"" : "\"Level" + (depth - 1) + "\"";
            nested = "{\"type\": \"record\", \"name\": \"Level" + depth + "\", \"fields\": [" + first
                    + ", {\"name\": \"b\", \"type\": " + again + "}]}";
        }
        byte[] ten = {0, 0, 0, 0, writtenWith(nested), 10, 0};
        assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", ten))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("more makes a record hold more than 10000 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"null\", \"long\"]", "\"boolean\"", "{\"type\": \"map\", \"values\": \"null\"}"})
    void aListWhoseItemsTakeBytesIsPassedOver(String item) {
        byte id = writtenWith("{\"type\": \"array\", \"items\": " + item + "}");
        byte[] click = serializer.serialize("weir.clicks", Samples.byTopic().get("weir.clicks"));
        ByteBuffer bytes = ByteBuffer.allocate(click.length + 1);
        bytes.put(new byte[] {0, 0, 0, 0, id, 0}).put(click, 5, click.length - 5);
        assertThat(isRecord(bytes.array(), item)).isTrue();
    }

    /** The id of a schema of clicks with one more field of this type before all others. */
    private byte writtenWith(String type) {
        Schema more = PortableSchema.parse(
                "{\"type\": \"record\", \"name\": \"More\", \"fields\": [{\"name\": \"more\", \"type\": " + type
                        + "}]}");
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("more", more.getField("more").schema()));
        Click.getClassSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return (byte) registry.register(
                type.hashCode() + "-value", Schema.createRecord("Click", null, "io.weir.schema", false, fields));
    }

    /** True if the bytes are a record; checks what decoding them may cost. */
    private boolean decode(byte[] bytes, String what) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean record = isRecord(bytes, what);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated for " + what)
                .isLessThan(ALLOWED_BYTES);
        return record;
    }

    private boolean isRecord(byte[] bytes, String what) {
        try {
            deserializer.deserialize("any", bytes);
            return true;
        } catch (WireException e) {
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }
}
