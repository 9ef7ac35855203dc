package io.weir.app.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of its own that is removed with all that is in it. */
public final class TemporaryFolder implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final Path path;

    public TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("weir-");
    }

    public Path path() {
        return path;
    }

    /** A path below, not made yet. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Removes it; tries some times, for what is still being stopped may add and remove files meanwhile. */
    @Override
    public void close() {
        for (int attempt = 1; Files.exists(path); attempt++) {
            try {
                remove();
            } catch (IOException | UncheckedIOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException(
                            "the temporary folder " + path + " cannot be removed", new IOException(e));
                }
            }
        }
    }

    private void remove() throws IOException {
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
