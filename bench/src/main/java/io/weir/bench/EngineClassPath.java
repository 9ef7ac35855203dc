package io.weir.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The class path of an engine's JVM: this JVM's own, without the jars that the engine must not have and with those in
 * front that only it needs. These lie in folders of {@code engine-lib}, beside the build's classes or jar.
 */
final class EngineClassPath {
    private EngineClassPath() {}

    static String of(Engine engine) {
        try {
            List<String> path = new ArrayList<>();
            for (String folder : engine.ownJars()) {
                path.addAll(jars(ownJars().resolve(folder)));
            }
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                addKept(entry, engine.jarsLeftOut(), path);
            }
            return String.join(File.pathSeparator, path);
        } catch (IOException e) {
            throw new UncheckedIOException("the class path of " + engine.name() + " cannot be put together", e);
        }
    }

    private static void addKept(String entry, List<String> leftOut, List<String> path) throws IOException {
        Path file = Path.of(entry);
        String name = String.valueOf(file.getFileName());
        if (path.contains(entry) || leftOut.stream().anyMatch(name::startsWith)) {
            return;
        }
        path.add(entry);
        for (String named : namedInManifest(file)) {
            addKept(file.resolveSibling(named).toString(), leftOut, path);
        }
    }

    /** The entries that the manifest of the bench's own jar names; other jars stand for themselves. */
    private static List<String> namedInManifest(Path file) throws IOException {
        if (!String.valueOf(file.getFileName()).startsWith("weir") || !Files.isRegularFile(file)) {
            return List.of();
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String named =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            return named == null ? List.of() : Arrays.asList(named.split(" "));
        }
    }

    private static Path ownJars() {
        try {
            Path code = Path.of(EngineClassPath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolveSibling("engine-lib");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the bench's own classes have no place in the file system", e);
        }
    }

    private static List<String> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder + " is missing; build with mvn package, which copies the jars that only one engine needs");
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
