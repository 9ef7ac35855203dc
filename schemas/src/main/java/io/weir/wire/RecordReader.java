package io.weir.wire;

import java.io.IOException;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How records that were written with one schema are read as the class that we know. Immutable: threads share it.
 *
 * <p>A writer's schema that only partly fits (a field that may be null where ours may not) is no reason to give up
 * the records that do fit: {@link #misfit} then explains those that do not.
 */
final class RecordReader {
    private final String fullName;
    private final @Nullable String refusal;
    private final @Nullable String misfit;
    private final @Nullable DatumReader<SpecificRecord> reader;
    private final @Nullable RawTexts texts;

    private RecordReader(
            String fullName,
            @Nullable String refusal,
            @Nullable String misfit,
            @Nullable DatumReader<SpecificRecord> reader,
            @Nullable RawTexts texts) {
        this.fullName = fullName;
        this.refusal = refusal;
        this.misfit = misfit;
        this.reader = reader;
        this.texts = texts;
    }

    /** A reader that refuses every record for the given reason. */
    static RecordReader refusing(String fullName, String refusal) {
        return new RecordReader(fullName, refusal, null, null, null);
    }

    /** @param reader the schema of a generated class with the writer's full name */
    static RecordReader resolving(Schema writer, Schema reader) {
        if (writer.getType() != Schema.Type.RECORD) {
            return refusing(
                    writer.getFullName(),
                    "it is no record but of type " + writer.getType().getName());
        }
        String unit = otherTimeUnit(writer, reader);
        if (unit != null) {
            return refusing(writer.getFullName(), unit);
        }
        String endless = SkippingCost.problem(writer);
        if (endless != null) {
            return refusing(writer.getFullName(), endless);
        }
        List<String> problems = Compatibility.problems(reader, writer);
        String misfit = problems.isEmpty() ? null : String.join("; ", problems);
        try {
            return new RecordReader(
                    writer.getFullName(), null, misfit, datumReader(writer, reader), new RawTexts(writer, reader));
        } catch (IOException | RuntimeException e) {
            return refusing(writer.getFullName(), misfit == null ? String.valueOf(e.getMessage()) : misfit);
        }
    }

    private static DatumReader<SpecificRecord> datumReader(Schema writer, Schema reader) throws IOException {
        SpecificData ours = SpecificData.getForSchema(reader);
        if (writer.getFields().stream()
                .noneMatch(field -> field.schema().isUnion() && logicalType(field.schema()) != null)) {
            // A builder of its own: the one that a record class shares is not safe while several threads use it first.
            return new FastReaderBuilder(ours).createDatumReader(writer, reader);
        }
        // Avro's fast reader converts a time that was written in a union twice, and fails over it.
        SpecificData slow = new SpecificData();
        slow.setFastReaderEnabled(false);
        ours.getConversions().forEach(slow::addLogicalTypeConversion);
        return new SpecificDatumReader<>(writer, reader, slow);
    }

    /** The writer's record name, or the name of the type if it is no record. */
    String fullName() {
        return fullName;
    }

    /** Why no record of this schema is taken, or null if they are read. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Why some records of this schema cannot be read, or null if every one can. */
    @Nullable
    String misfit() {
        return misfit;
    }

    SpecificRecord read(Decoder decoder) throws IOException {
        if (reader == null) {
            throw new IllegalStateException(refusal);
        }
        return reader.read(null, decoder);
    }

    /**
     * The name of the first field whose text is no UTF-8, or null if all are.
     *
     * @param decoder at the beginning of the record that {@link #read} has read
     */
    @Nullable
    String notUtf8(Decoder decoder) throws IOException {
        return texts == null ? null : texts.notUtf8(decoder);
    }

    /** Avro reads a long in microseconds as one in milliseconds without a word; we do not. */
    private static @Nullable String otherTimeUnit(Schema writer, Schema reader) {
        for (Schema.Field expected : reader.getFields()) {
            Schema.Field given = writer.getField(expected.name());
            String expectedUnit = logicalType(expected.schema());
            String givenUnit = given == null ? null : logicalType(given.schema());
            if (expectedUnit != null && givenUnit != null && !expectedUnit.equals(givenUnit)) {
                return expected.name() + " is written as " + givenUnit + ", expected " + expectedUnit;
            }
        }
        return null;
    }

    /** The logical type of a schema or of the first branch of a union that has one. */
    private static @Nullable String logicalType(Schema schema) {
        if (schema.isUnion()) {
            for (Schema branch : schema.getTypes()) {
                String name = logicalType(branch);
                if (name != null) {
                    return name;
                }
            }
            return null;
        }
        return schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
    }
}
