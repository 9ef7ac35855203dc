package io.weir.app.system.bad;

import io.weir.domain.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** Ids of schemas that are not there or not meant, and schemas of a writer that has moved on. */
final class SchemaCases {
    private static final Schema TEXT = Schema.create(Schema.Type.STRING);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);
    private static final Schema NULL = Schema.create(Schema.Type.NULL);

    private SchemaCases() {}

    static void addTo(Corpus corpus) {
        for (EventType input : EventType.values()) {
            addIds(corpus, input);
            addForeign(corpus, input);
            for (String field : Fields.requiredTexts(input)) {
                addRequiredText(corpus, input, field);
            }
            for (String field : Fields.optionalTexts(input)) {
                addOptionalText(corpus, input, field);
            }
            addTimes(corpus, input);
            addMore(corpus, input);
        }
        addNumber(corpus, EventType.CLICK, "cost_micros");
        addNumber(corpus, EventType.PAYMENT, "quantity");
        addNumber(corpus, EventType.PAYMENT, "amount_micros");
    }

    private static void addIds(Corpus corpus, EventType input) {
        Map<String, Integer> unknown = new LinkedHashMap<>();
        unknown.put("0", 0);
        unknown.put("Integer.MAX_VALUE", Integer.MAX_VALUE);
        unknown.put("999999", 999_999);
        unknown.put("in little-endian order", Integer.reverseBytes(corpus.id(input)));
        unknown.forEach(
                (name, id) -> corpus.rejected("unknown_schema", "schema id " + name, input, withId(corpus, input, id)));
        for (int id : new int[] {-1, -2, Integer.MIN_VALUE}) {
            corpus.rejected("undecodable", "schema id " + id, input, withId(corpus, input, id));
        }
        for (EventType other : EventType.values()) {
            if (other != input) {
                String name = "schema id of the " + other.plural();
                corpus.rejected("wrong_schema", name, input, withId(corpus, input, corpus.id(other)));
                corpus.rejected(
                        "wrong_schema", "a whole " + other.singular(), input, corpus.bytes(corpus.event(other)));
            }
        }
    }

    private static byte[] withId(Corpus corpus, EventType input, int id) {
        return corpus.bytes(id, Corpus.schema(input), corpus.event(input));
    }

    /** Schemas of something else, such as a key. */
    private static void addForeign(Corpus corpus, EventType input) {
        Map<String, Schema> foreign = new LinkedHashMap<>();
        foreign.put("the key", TEXT);
        foreign.put("a number", LONG);
        foreign.put("bytes", Schema.create(Schema.Type.BYTES));
        foreign.put("nothing", NULL);
        foreign.put("a union", Schema.createUnion(NULL, TEXT));
        foreign.put("an array", Schema.createArray(TEXT));
        foreign.put("a map", Schema.createMap(TEXT));
        foreign.put("an enum", SchemaBuilder.enumeration("io.weir.schema.Kind").symbols("A"));
        foreign.put("a fixed", SchemaBuilder.fixed("io.weir.schema.Hash").size(4));
        foreign.put("a result", io.weir.schema.WindowResult.getClassSchema());
        foreign.put(
                "a record without fields",
                SchemaBuilder.record("io.weir.schema.Void").fields().endRecord());
        foreign.put(
                "a class of Java",
                SchemaBuilder.record("java.lang.ProcessBuilder").fields().endRecord());
        foreign.put("our name in another namespace", renamed(Corpus.schema(input), "com.example"));
        foreign.put("our name without a namespace", renamed(Corpus.schema(input), null));
        foreign.forEach((name, schema) -> {
            int id = corpus.register(input + " foreign " + name, schema);
            byte[] good = corpus.bytes(corpus.event(input));
            good = Arrays.copyOfRange(good, 5, good.length);
            corpus.rejected("wrong_schema", "schema id of " + name, input, Corpus.framed(id, good));
        });
        corpus.rejected(
                "wrong_schema",
                "an enum of our name",
                input,
                Corpus.framed(
                        corpus.register(
                                input + " foreign enum",
                                SchemaBuilder.enumeration(Corpus.schema(input).getFullName())
                                        .symbols("A")),
                        new byte[] {0}));
    }

    private static void addRequiredText(Corpus corpus, EventType input, String field) {
        Evolved evolved = new Evolved(corpus, input, field);
        evolved.add("renamed", "wrong_schema", each -> new Schema.Field(field + "_new", TEXT), "x");
        evolved.add("left out", "wrong_schema", each -> null, "x");
        evolved.retyped("as a number", "wrong_schema", LONG, 7L);
        evolved.retyped("as a flag", "wrong_schema", Schema.create(Schema.Type.BOOLEAN), true);
        evolved.retyped("as a double", "wrong_schema", Schema.create(Schema.Type.DOUBLE), 1.5);
        evolved.retyped("as null", "wrong_schema", NULL, null);
        Schema kind = SchemaBuilder.enumeration("Kind").symbols("mug", "cup");
        evolved.retyped("as an enum", "wrong_schema", kind, new GenericData.EnumSymbol(kind, "mug"));
        Schema hash = SchemaBuilder.fixed("Hash").size(3);
        evolved.retyped("as a fixed", "wrong_schema", hash, new GenericData.Fixed(hash, new byte[] {'m', 'u', 'g'}));
        evolved.retyped("as a list", "wrong_schema", Schema.createArray(TEXT), List.of("mug"));
        evolved.retyped("as a map", "wrong_schema", Schema.createMap(TEXT), Map.of("mug", "mug"));
        Schema inner =
                SchemaBuilder.record("Inner").fields().requiredString("id").endRecord();
        GenericData.Record record = new GenericData.Record(inner);
        record.put("id", "mug");
        evolved.retyped("as a record", "wrong_schema", inner, record);
        Schema nullable = Schema.createUnion(NULL, TEXT);
        evolved.retyped("optional and null", "wrong_schema", nullable, null);
        evolved.retyped("optional and there", "accepted", nullable, evolved.text());
        Schema either = Schema.createUnion(LONG, TEXT);
        evolved.retyped("a number or a text, a number", "wrong_schema", either, 7L);
        evolved.retyped("a number or a text, a text", "accepted", either, evolved.text());
        String text = evolved.text();
        Schema bytes = Schema.create(Schema.Type.BYTES);
        evolved.add("as bytes", "accepted", each -> copy(each, bytes), ByteBuffer.wrap(utf8(text)), text);
        evolved.retyped("as bytes that are no UTF-8", "undecodable", bytes, ByteBuffer.wrap(new byte[] {'m', -1}));
    }

    private static void addOptionalText(Corpus corpus, EventType input, String field) {
        Evolved evolved = new Evolved(corpus, input, field);
        evolved.add("left out", "accepted", each -> null, null);
        evolved.add("renamed", "accepted", each -> new Schema.Field(field + "_new", TEXT), "x", null);
        evolved.retyped("required", "accepted", TEXT, evolved.text());
        evolved.retyped("required and blank", "accepted", TEXT, " ");
        evolved.retyped("the branches in other order", "accepted", Schema.createUnion(TEXT, NULL), evolved.text());
        evolved.retyped("as null", "accepted", NULL, null);
        evolved.retyped("as a number", "wrong_schema", LONG, 7L);
        Schema either = Schema.createUnion(NULL, LONG);
        evolved.retyped("an optional number, null", "accepted", either, null);
        evolved.retyped("an optional number, there", "wrong_schema", either, 7L);
    }

    private static void addNumber(Corpus corpus, EventType input, String field) {
        Evolved evolved = new Evolved(corpus, input, field);
        evolved.add("renamed", "wrong_schema", each -> new Schema.Field(field + "_new", LONG), 7L);
        evolved.add("left out", "wrong_schema", each -> null, 7L);
        evolved.retyped("as a text", "wrong_schema", TEXT, "7");
        evolved.retyped("as a double", "wrong_schema", Schema.create(Schema.Type.DOUBLE), 7.0);
        evolved.retyped("as a float", "wrong_schema", Schema.create(Schema.Type.FLOAT), 7.0f);
        evolved.retyped("as a flag", "wrong_schema", Schema.create(Schema.Type.BOOLEAN), true);
        Schema decimal = LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
        evolved.retyped("as a decimal", "wrong_schema", decimal, ByteBuffer.wrap(new byte[] {7}));
        Schema nullable = Schema.createUnion(NULL, LONG);
        evolved.retyped("optional and null", "wrong_schema", nullable, null);
        evolved.retyped("optional and there", "accepted", nullable, 7L);
        evolved.add("as an int", "accepted", each -> copy(each, Schema.create(Schema.Type.INT)), 7, 7L);
    }

    private static void addTimes(Corpus corpus, EventType input) {
        String field = "event_time";
        Evolved evolved = new Evolved(corpus, input, field);
        long millis = corpus.startMs();
        evolved.add("renamed", "wrong_schema", each -> new Schema.Field("time", each.schema()), millis);
        evolved.add("left out", "wrong_schema", each -> null, millis);
        evolved.retyped("as a text", "wrong_schema", TEXT, "2026-03-02T10:00:00Z");
        evolved.retyped("as a double", "wrong_schema", Schema.create(Schema.Type.DOUBLE), (double) millis);
        evolved.retyped(
                "in micros", "wrong_schema", LogicalTypes.timestampMicros().addToSchema(newLong()), millis * 1_000);
        evolved.retyped(
                "in nanos", "wrong_schema", LogicalTypes.timestampNanos().addToSchema(newLong()), millis * 1_000_000);
        evolved.retyped(
                "in local time",
                "wrong_schema",
                LogicalTypes.localTimestampMillis().addToSchema(newLong()),
                millis);
        Schema day = LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
        evolved.retyped("as a day", "wrong_schema", day, (int) (millis / 86_400_000));
        Schema millisType = LogicalTypes.timestampMillis().addToSchema(newLong());
        evolved.retyped("optional and null", "wrong_schema", Schema.createUnion(NULL, millisType), null);
        evolved.retyped("optional and there", "accepted", Schema.createUnion(NULL, millisType), millis);
        Schema micros = LogicalTypes.timestampMicros().addToSchema(newLong());
        evolved.retyped("optional, in micros", "wrong_schema", Schema.createUnion(NULL, micros), millis * 1_000);
        evolved.retyped("without a logical type", "accepted", newLong(), millis);
    }

    private static Schema newLong() {
        return Schema.create(Schema.Type.LONG);
    }

    /** Fields that we do not know. */
    private static void addMore(Corpus corpus, EventType input) {
        Evolved evolved = new Evolved(corpus, input, "extra");
        evolved.more("a new text", TEXT, "x");
        evolved.more("a new required number", LONG, 7L);
        evolved.more("a new list", Schema.createArray(LONG), List.of(1L, 2L, 3L));
        evolved.more("a new map", Schema.createMap(TEXT), Map.of("a", "b"));
        evolved.more("a text of 100 KB that nobody reads", TEXT, "x".repeat(100_000));
        evolved.more("a text that nobody reads and is no UTF-8", TEXT, new Utf8(new byte[] {-1}));
        evolved.claim(
                "a list that claims 2^63-1 items",
                Schema.createArray(LONG),
                FramingCases.bytes(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
        evolved.claim(
                "a list that claims 2^31-1 items",
                Schema.createArray(TEXT),
                FramingCases.bytes(0xfe, 0xff, 0xff, 0xff, 0x0f));
        evolved.claim(
                "a map that claims 2^31-1 entries",
                Schema.createMap(TEXT),
                FramingCases.bytes(0xfe, 0xff, 0xff, 0xff, 0x0f));
        evolved.claim(
                "a list that claims a block of 2^63-1 bytes",
                Schema.createArray(LONG),
                FramingCases.bytes(0x01, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
        evolved.claim(
                "a list that claims a block of -1 bytes", Schema.createArray(LONG), FramingCases.bytes(0x01, 0x01));
        evolved.claim(
                "bytes that claim 2 GB",
                Schema.create(Schema.Type.BYTES),
                FramingCases.bytes(0xfe, 0xff, 0xff, 0xff, 0x0f));
        evolved.claim("a fixed of 1 GB", SchemaBuilder.fixed("Huge").size(1 << 30), new byte[0]);
        evolved.claim(
                "wrong_schema",
                "a list of 17 million nulls",
                Schema.createArray(NULL),
                FramingCases.bytes(0x80, 0x80, 0x80, 0x11));
        evolved.claim(
                "wrong_schema",
                "a list of 2^62 nulls",
                Schema.createArray(NULL),
                FramingCases.bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01));
    }

    private static Schema renamed(Schema schema, String namespace) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(copy(field, field.schema())));
        return Schema.createRecord(schema.getName(), null, namespace, false, fields);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Schema.Field copy(Schema.Field field, Schema schema) {
        return new Schema.Field(field.name(), schema);
    }
}
