package io.weir.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * The registrations of an embedded registry on disk: a line {@code {"subject": ..., "schema": ...}} each, in order;
 * the order gives the ids. A line counts once its line feed is written. Not thread-safe.
 */
final class RegistryJournal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    RegistryJournal(Path file) {
        this.file = file;
    }

    /** Hands over every registration, oldest first, and drops a last line that a crash cut short. */
    void replay(BiConsumer<String, Schema> registrations) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            String text = Files.exists(file) ? Files.readString(file) : "";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (whole.length() < text.length()) {
                Files.writeString(file, whole);
            }
            for (String line : whole.lines().toList()) {
                JsonNode entry = JSON.readTree(line);
                registrations.accept(
                        entry.required("subject").asText(),
                        PortableSchema.parse(entry.required("schema").asText()));
            }
        } catch (JsonProcessingException | IllegalArgumentException | SchemaParseException e) {
            throw new IllegalStateException(file + " is not a journal of schemas: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the embedded registry's " + file, e);
        }
    }

    /** Writes a registration through to the disk. */
    void append(String subject, Schema schema) {
        String line = JSON.createObjectNode()
                        .put("subject", subject)
                        .put("schema", schema.toString())
                        .toString()
                + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the embedded registry's " + file, e);
        }
    }
}
