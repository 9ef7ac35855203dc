package io.weir.app.command;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.refused.RefusedKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the commands for late events and for dead letters have in common. */
interface RefusedCommand {
    enum Format {
        TEXT,
        JSON
    }

    RefusedKind kind();

    /** The settings, checked as far as these commands need them. */
    static WeirConfig read(ConfigOptions options) {
        WeirConfig config = options.read(Map.of());
        List<String> problems = new ArrayList<>(VisitorKeys.problems(config));
        if (config.text(ConfigKeys.BOOTSTRAP_SERVERS).isEmpty()) {
            problems.add(ConfigKeys.BOOTSTRAP_SERVERS + ": missing; where Kafka is, such as kafka:9092");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return config;
    }

    /** @throws ParameterException if records of this kind are never there for this reason */
    static void check(@Nullable String reason, RefusedKind kind, CommandLine line) {
        if (reason != null && !kind.reasons().contains(reason)) {
            throw new ParameterException(
                    line, "--reason: found " + reason + "; one of " + String.join(", ", kind.reasons()) + " is needed");
        }
    }
}
