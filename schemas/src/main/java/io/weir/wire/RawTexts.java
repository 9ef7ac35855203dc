package io.weir.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that are no UTF-8. Avro puts U+FFFD for whatever it cannot decode, so that different ids become the same
 * one. Only a record that holds that character is read once more, with its texts as the bytes that they are. Immutable:
 * threads share it.
 */
final class RawTexts {
    private static final char REPLACEMENT = '\uFFFD';

    private final GenericDatumReader<GenericRecord> reader;

    /** @param reader the schema of a generated class that can be resolved with the writer's */
    RawTexts(Schema writer, Schema reader) {
        this.reader = new GenericDatumReader<>(writer, withRawTexts(reader));
    }

    private static Schema withRawTexts(Schema schema) {
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> new Schema.Field(field.name(), raw(field.schema()), null, field.defaultVal()))
                .toList();
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private static Schema raw(Schema type) {
        return switch (type.getType()) {
            case STRING -> Schema.create(Schema.Type.BYTES);
            case UNION ->
                Schema.createUnion(type.getTypes().stream().map(RawTexts::raw).toList());
            default -> type;
        };
    }

    /** Whether a text of the record may be no UTF-8, which {@link #notUtf8} then says for certain. */
    static boolean areDoubtful(SpecificRecord record) {
        for (int i = 0; i < record.getSchema().getFields().size(); i++) {
            if (record.get(i) instanceof String text && text.indexOf(REPLACEMENT) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The name of the first field whose text is no UTF-8, or null if all are. */
    @Nullable
    String notUtf8(Decoder decoder) throws IOException {
        GenericRecord record = reader.read(null, decoder);
        for (Schema.Field field : record.getSchema().getFields()) {
            if (record.get(field.pos()) instanceof ByteBuffer bytes && !isUtf8(bytes)) {
                return field.name();
            }
        }
        return null;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
