package io.weir.oracle;

import io.weir.domain.WindowSize;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * One small story in a folder: {@code events.csv} goes in, {@code windows.csv} must come out, with the settings in
 * {@code case.properties}.
 *
 * @param expected the whole text of {@code windows.csv}
 */
public record StoredCase(String name, List<EventRow> events, OracleSettings settings, String expected) {

    /**
     * The folder of shared files: system property {@code weir.shared}, else {@code ../shared} seen from
     * {@code weir.root}. It need not exist.
     */
    public static Path sharedFolder() {
        String shared = System.getProperty("weir.shared");
        Path root = Path.of(System.getProperty("weir.root", ".."));
        return shared == null ? root.resolve("../shared").normalize() : Path.of(shared);
    }

    /** The cases in the folder {@code cases} of the shared folder by name; none when the folder is missing. */
    public static List<StoredCase> all() {
        Path folder = sharedFolder().resolve("cases");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .sorted()
                    .map(StoredCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case in this folder. */
    public static StoredCase read(Path folder) {
        try {
            return new StoredCase(
                    folder.getFileName().toString(),
                    EventFile.read(folder.resolve("events.csv")),
                    settings(folder.resolve("case.properties")),
                    Files.readString(folder.resolve("windows.csv")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings in a properties file, by Weir's configuration keys; defaults for those that are not named. */
    static OracleSettings settings(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        WindowSize[] sizes = Arrays.stream(
                        properties.getProperty("windows", "1m,1h,1d").split(",", -1))
                .map(label -> WindowSize.of(label.strip()))
                .toArray(WindowSize[]::new);
        return OracleSettings.DEFAULT
                .withWindows(sizes)
                .withZone(properties.getProperty("time.zone", "UTC"))
                .withGrace(Duration.parse(properties.getProperty("grace", "PT10M")))
                .withLandingWindow(Duration.parse(properties.getProperty("landing.window", "PT30M")))
                .withAttributionWindow(Duration.parse(properties.getProperty("attribution.window", "P7D")));
    }

    @Override
    public String toString() {
        return name;
    }
}
