package io.weir.app.replay.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads texts as files of past events. */
final class RowsOf {
    private RowsOf() {}

    /** What each row of a file with this text is. */
    static List<Row> text(Path directory, FileFormat format, String text) {
        return files(format, List.of(write(directory, "events.csv", text.getBytes(StandardCharsets.UTF_8))));
    }

    static List<Row> files(FileFormat format, List<Path> files) {
        List<Row> rows = new ArrayList<>();
        try (PastEvents events = new PastEvents(format, files)) {
            for (Row row = events.nextRow(); row != null; row = events.nextRow()) {
                rows.add(row);
            }
        }
        return rows;
    }

    static Path write(Path directory, String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
