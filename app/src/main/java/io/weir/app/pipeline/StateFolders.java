package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the state of an application is on this machine. */
final class StateFolders {
    /** Kafka Streams holds a lock on it while it runs. */
    private static final String LOCKED_FILE = "kafka-streams-process-metadata";

    private StateFolders() {}

    /** The folder that an instance with this configuration uses. */
    static Path inUse(WeirConfig config) {
        return config.stateDir().resolve(config.applicationId());
    }

    /**
     * The application's folder in {@code state.dir}, and in the numbered folders there that the image's instances take;
     * only those that exist.
     *
     * @throws Reset.RefusedException if an instance uses one of them
     */
    static List<Path> unused(WeirConfig config) {
        List<Path> candidates = new ArrayList<>(List.of(config.stateDir()));
        try (Stream<Path> below = Files.isDirectory(config.stateDir()) ? Files.list(config.stateDir()) : Stream.of()) {
            below.filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .sorted()
                    .forEach(candidates::add);
        } catch (IOException e) {
            throw new Reset.RefusedException("the state in " + config.stateDir() + " cannot be read: " + e, e);
        }
        List<Path> found = candidates.stream()
                .map(folder -> folder.resolve(config.applicationId()))
                .filter(Files::isDirectory)
                .toList();
        found.forEach(StateFolders::refuseIfUsed);
        return found;
    }

    private static void refuseIfUsed(Path folder) {
        Path file = folder.resolve(LOCKED_FILE);
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw used(folder);
            }
        } catch (OverlappingFileLockException e) {
            throw used(folder);
        } catch (IOException e) {
            throw new Reset.RefusedException("the state in " + folder + " cannot be looked at: " + e, e);
        }
    }

    private static Reset.RefusedException used(Path folder) {
        return new Reset.RefusedException(
                "an instance is active: it holds the state in " + folder + ". Stop it, then try again.");
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
