package io.weir.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code docker-compose.yml} as Compose reads it: merge keys resolved, variables at their defaults.
 *
 * @param root the project's root
 * @param written the file before variables are replaced
 * @param tree the file after that
 */
record ComposeFile(Path root, JsonNode written, JsonNode tree) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+(?::-([^}]*))?}");

    static ComposeFile read() throws IOException {
        Path root = Path.of(System.getProperty("weir.root", ".."));
        String text = Files.readString(root.resolve("docker-compose.yml"));
        Matcher variables = VARIABLE.matcher(text);
        String replaced =
                variables.replaceAll(found -> Matcher.quoteReplacement(found.group(1) == null ? "" : found.group(1)));
        return new ComposeFile(root, parse(text), parse(replaced));
    }

    /** A key that stands twice is an error, as it is for Compose. */
    private static JsonNode parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object loaded = new Yaml(new SafeConstructor(options)).load(text);
        return new ObjectMapper().valueToTree(loaded);
    }

    /** By name. */
    Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        tree.get("services").properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    JsonNode service(String name) {
        return tree.get("services").get(name);
    }

    /** Services that run when these profiles are on. */
    Map<String, JsonNode> servicesOf(Set<String> profiles) {
        Map<String, JsonNode> running = services();
        running.values().removeIf(service -> {
            List<String> its = texts(service.path("profiles"));
            return !its.isEmpty() && its.stream().noneMatch(profiles::contains);
        });
        return running;
    }

    /** Every profile that is named anywhere. */
    Set<String> profiles() {
        Set<String> profiles = new TreeSet<>();
        services().values().forEach(service -> profiles.addAll(texts(service.path("profiles"))));
        return profiles;
    }

    static Map<String, String> environment(JsonNode service) {
        Map<String, String> environment = new LinkedHashMap<>();
        service.path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    /** The texts of a list; none for an absent one. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** What is mounted, by where it comes from: the name of a volume, or a path that begins with {@code ./}. */
    static Map<String, String> mounts(JsonNode service) {
        Map<String, String> mounts = new LinkedHashMap<>();
        for (String volume : texts(service.path("volumes"))) {
            String[] parts = volume.split(":", -1);
            mounts.put(parts[0], parts[1]);
        }
        return mounts;
    }
}
