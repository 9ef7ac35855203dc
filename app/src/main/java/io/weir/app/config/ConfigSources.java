package io.weir.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings the settings together: {@code --set} over environment variables over the file. Defaults come last, later. */
public final class ConfigSources {
    private static final String ENVIRONMENT_PREFIX = "WEIR_";

    /** Variables of the launcher, not settings. */
    private static final Set<String> NO_SETTINGS = Set.of("WEIR_JAVA_OPTS");

    private ConfigSources() {}

    /**
     * The settings by key.
     *
     * @param file properties, or null for none
     * @param environment {@code WEIR_GRACE} stands for {@code grace}, {@code WEIR_HTTP_PORT} for {@code http.port}
     * @param assignments {@code KEY=VALUE} each
     * @throws ConfigurationException if the file cannot be read or an assignment has no {@code =}
     */
    public static Map<String, String> merge(
            @Nullable Path file, Map<String, String> environment, List<String> assignments) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (file != null) {
            settings.putAll(read(file));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX) && !NO_SETTINGS.contains(name)) {
                settings.put(keyOf(name), value);
            }
        });
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException(
                        List.of("--set " + assignment + ": KEY=VALUE is needed, for example --set grace=PT10M"));
            }
            settings.put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        return settings;
    }

    private static String keyOf(String variable) {
        return variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(List.of("--config " + file + ": the file cannot be read (" + e
                    + "); a properties file in UTF-8 is needed"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> settings.put(key, properties.getProperty(key).strip()));
        return settings;
    }
}
