package io.weir.app.command;

import io.weir.app.config.ConfigSources;
import io.weir.app.config.WeirConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with settings; every key stands in the README.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; over environment variables (WEIR_GRACE for grace), which are over --config."
                    + " Example: --set grace=PT20M")
    private List<String> assignments = new ArrayList<>();

    /**
     * All settings, checked.
     *
     * @param defaults what holds in this command unless it is set
     * @throws io.weir.app.config.ConfigurationException naming every problem at once
     */
    WeirConfig read(Map<String, String> defaults) {
        Map<String, String> settings = new LinkedHashMap<>(defaults);
        settings.putAll(ConfigSources.merge(file, System.getenv(), assignments));
        return WeirConfig.of(settings);
    }
}
