package io.weir.app.replay.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which files a list of paths on the command line means. */
public final class InputFiles {
    private InputFiles() {}

    /**
     * The files in the order given; a directory stands for the files directly in it, by name, hidden ones left out.
     *
     * @throws ReplayException naming every path that is no readable file or directory
     */
    public static List<Path> resolve(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                add(path, files);
            } catch (ReplayException e) {
                problems.add(ReplayException.reason(e));
            }
        }
        if (!problems.isEmpty()) {
            throw new ReplayException(String.join("; ", problems));
        }
        return List.copyOf(files);
    }

    private static void add(Path path, List<Path> files) {
        if (!Files.exists(path)) {
            throw new ReplayException("cannot read " + path + ": there is no such file; check the path");
        }
        if (!Files.isReadable(path)) {
            throw new ReplayException("cannot read " + path + ": permission denied; make it readable for this user");
        }
        if (!Files.isDirectory(path)) {
            files.add(path);
            return;
        }
        int before = files.size();
        try (Stream<Path> entries = Files.list(path)) {
            entries.filter(InputFiles::isVisibleFile).sorted().forEach(files::add);
        } catch (IOException e) {
            throw new ReplayException(
                    "cannot list " + path + ": " + ReplayException.reason(e) + "; name the files one by one", e);
        }
        if (files.size() == before) {
            throw new ReplayException("cannot read " + path + ": the directory holds no files; check the path");
        }
    }

    private static boolean isVisibleFile(Path path) {
        return Files.isRegularFile(path) && !String.valueOf(path.getFileName()).startsWith(".");
    }

    /** The size of all files on disk, compressed as they are, in bytes. */
    public static long totalBytes(List<Path> files) {
        long sum = 0;
        for (Path file : files) {
            sum += file.toFile().length();
        }
        return sum;
    }

    /**
     * The physical lines of all files: no fewer than their rows.
     *
     * @throws ReplayException if a file cannot be read
     */
    public static long countLines(List<Path> files) {
        long lines = 0;
        for (Path file : files) {
            try (OpenFile open = OpenFile.open(file)) {
                lines += open.countLines();
            }
        }
        return lines;
    }
}
