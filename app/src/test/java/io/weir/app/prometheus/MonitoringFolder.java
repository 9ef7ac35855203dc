package io.weir.app.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.system.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The folder {@code prometheus/}: its files, and the Debian programs that judge them. */
final class MonitoringFolder {
    static final Path PATH = Path.of(System.getProperty("weir.root", ".."), "prometheus");

    private static final long TIMEOUT_SECONDS = 300;

    /** An alerting or a recording rule. */
    record Rule(String file, JsonNode yaml) {
        boolean isAlert() {
            return yaml.has("alert");
        }

        String name() {
            return yaml.path(isAlert() ? "alert" : "record").asText();
        }

        String expression() {
            return yaml.path("expr").asText();
        }

        Map<String, String> labels() {
            return texts("labels");
        }

        Map<String, String> annotations() {
            return texts("annotations");
        }

        private Map<String, String> texts(String field) {
            Map<String, String> texts = new LinkedHashMap<>();
            yaml.path(field)
                    .properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
            return texts;
        }

        @Override
        public String toString() {
            return file + ", " + name() + " " + yaml.path("labels");
        }
    }

    /** How a program ended and what it said, on both streams. */
    record Answer(int status, String text) {}

    private MonitoringFolder() {}

    /** All rules, in the order of files and of their groups. */
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (String file : files("rules")) {
            for (JsonNode group : yaml(file).path("groups")) {
                group.path("rules").forEach(rule -> rules.add(new Rule(file, rule)));
            }
        }
        return rules;
    }

    static List<Rule> alerts() {
        return rules().stream().filter(Rule::isAlert).toList();
    }

    /** The YAML files in a folder of it, such as {@code rules/recording.yml}, in order. */
    static List<String> files(String folder) {
        try (Stream<Path> files = Files.list(PATH.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of its files as a tree; a key that stands twice is an error. */
    static JsonNode yaml(String file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object loaded = new Yaml(new SafeConstructor(options)).load(text(file));
        return new ObjectMapper().valueToTree(loaded);
    }

    static String text(String file) {
        try {
            return Files.readString(PATH.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program in the folder; {@code scratch} takes what it says. Skips the test where the program is missing. */
    static Answer run(Path scratch, String program, String debianPackage, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Programs.require(program, debianPackage).toString());
        command.addAll(List.of(arguments));
        Path out = scratch.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
                .directory(PATH.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(program + " did not end within " + TIMEOUT_SECONDS + " s");
        }
        return new Answer(process.exitValue(), Files.readString(out));
    }
}
