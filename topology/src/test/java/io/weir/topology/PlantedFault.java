package io.weir.topology;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A mistake in the pipeline, as somebody might make it: a piece of a source file and what stands in its place. It is
 * compiled from the changed source and loaded beside the pipeline, so that the pipeline needs no switch for it.
 *
 * @param source the file below {@code src/main/java/io/weir}
 * @param original occurs once in the source; white space may be any
 */
record PlantedFault(String name, String source, String original, String replacement) {

    /** What is loaded anew; all else knows nothing of what it changes. */
    private static final List<String> PACKAGES =
            List.of("io.weir.domain.", "io.weir.serde.", "io.weir.topology.", "io.weir.oracle.");

    /** The project's classes with this mistake among them. */
    ClassLoader plant() {
        return new Reloaded(compile(faultySource()));
    }

    /** The project's classes loaded anew as they are. */
    static ClassLoader nothing() {
        return new Reloaded(Map.of());
    }

    private static Path sources() {
        return Path.of(System.getProperty("weir.root"), "topology/src/main/java/io/weir");
    }

    private String faultySource() {
        String text;
        try {
            text = Files.readString(sources().resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String words =
                Arrays.stream(original.trim().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+"));
        Matcher found = Pattern.compile(words).matcher(text);
        if (found.results().count() != 1) {
            throw new IllegalStateException(
                    "\"" + name + "\" fits " + source + " no more: it should hold once\n" + original);
        }
        return found.replaceFirst(Matcher.quoteReplacement(replacement));
    }

    private Map<String, byte[]> compile(String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + source), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        StringWriter errors = new StringWriter();
        try (InMemory files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
            List<String> options = List.of(
                    "-proc:none", "-implicit:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(errors, files, null, options, null, List.of(file))
                    .call()) {
                throw new IllegalStateException("\"" + name + "\" does not compile:\n" + errors);
            }
            return files.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }

    /** Loads the project's classes by itself, some of them from other bytes. */
    private static final class Reloaded extends ClassLoader {
        private final Map<String, byte[]> changed;

        Reloaded(Map<String, byte[]> changed) {
            super(PlantedFault.class.getClassLoader());
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (PACKAGES.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = changed.get(name);
            try (InputStream original = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (original == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] defined = bytes == null ? original.readAllBytes() : bytes;
                return defineClass(name, defined, 0, defined.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
