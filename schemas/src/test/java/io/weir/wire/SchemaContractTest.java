package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import io.weir.schema.WindowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the schemas promise to whoever reads or writes our topics. */
class SchemaContractTest {
    private static final Path SOURCES = Path.of("src/main/avro");
    private static final Path FROZEN = Path.of("src/test/resources/frozen/v1");

    static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().toList().stream();
        }
    }

    static Stream<Path> frozen() throws IOException {
        try (Stream<Path> files = Files.list(FROZEN)) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void thereIsASchemaForEveryEventAndOutput() throws IOException {
        assertThat(sources().map(path -> path.getFileName().toString()))
                .containsExactly("Click.avsc", "Payment.avsc", "Visit.avsc", "WindowResult.avsc");
        assertThat(frozen().map(Path::getFileName))
                .containsExactlyElementsOf(sources().map(Path::getFileName).toList());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyRecordAndFieldIsDocumented(Path file) throws IOException {
        Schema schema = parse(file);
        assertThat(schema.getDoc()).isNotBlank();
        assertThat(schema.getFields())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void timesAreTimestampMillisAndMoneyIsLongMicros(Path file) throws IOException {
        for (Schema.Field field : parse(file).getFields()) {
            Schema type = withoutNull(field.schema());
            boolean time = List.of("event_time", "window_start", "window_end", "watermark")
                    .contains(field.name());
            assertThat(type.getLogicalType()).as(field.name()).isEqualTo(time ? LogicalTypes.timestampMillis() : null);
            boolean money = field.name().matches(".*(cost|amount|revenue).*");
            assertThat(field.name().endsWith("_micros")).as(field.name()).isEqualTo(money);
            if (time || money) {
                assertThat(type.getType()).as(field.name()).isEqualTo(Schema.Type.LONG);
            }
            assertThat(type.getType()).as(field.name()).isNotIn(Schema.Type.FLOAT, Schema.Type.DOUBLE);
        }
    }

    @ParameterizedTest
    @MethodSource("frozen")
    void schemaReadsAndIsReadByTheFrozenVersion(Path file) throws IOException {
        Schema before = parse(file);
        Schema now = parse(SOURCES.resolve(file.getFileName()));
        assertCompatible(now, before);
        assertCompatible(before, now);
    }

    @Test
    void generatedClassesRegisterExactlyTheirSourceFile() throws IOException {
        for (Schema schema : List.of(Click.SCHEMA$, Visit.SCHEMA$, Payment.SCHEMA$, WindowResult.SCHEMA$)) {
            Schema source = parse(SOURCES.resolve(schema.getName() + ".avsc"));
            assertThat(PortableSchema.of(schema).toString()).isEqualTo(source.toString());
        }
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(reader.getFullName()).isEqualTo(writer.getFullName());
    }

    private static Schema withoutNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static Schema parse(Path file) throws IOException {
        return PortableSchema.parse(Files.readString(file));
    }
}
