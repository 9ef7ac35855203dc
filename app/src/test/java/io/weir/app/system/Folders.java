package io.weir.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that outlive a test. */
public final class Folders {
    private Folders() {}

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Copies a folder with all that is in it to one that is not there yet. */
    public static void copy(Path folder, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.toList()) {
                Files.copy(each, to.resolve(folder.relativize(each).toString()));
            }
        }
    }

    /** The bytes of all files in a folder. */
    public static long size(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
