package io.weir.app.replay.results;

import io.weir.app.replay.input.ReplayException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of results, UTF-8, that is there whole or not at all: it is written beside its place and then moved there. */
final class ResultFile {
    private ResultFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    interface Contents {
        void writeTo(Writer out) throws IOException;
    }

    /**
     * Writes the file, over one that is there already; makes its directory if need be.
     *
     * @throws ReplayException naming the file and the cause
     */
    static void write(Path file, Contents contents) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (BufferedWriter out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                contents.writeTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            removeQuietly(unfinished, e);
            throw new ReplayException(
                    "cannot write " + file + ": " + ReplayException.reason(e)
                            + "; check that --out is a directory that can be written to and has room",
                    e);
        }
    }

    private static void removeQuietly(Path file, Exception because) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
