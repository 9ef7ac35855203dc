package io.weir.app.command;

import io.weir.app.acls.Grant;
import io.weir.app.acls.GrantText;
import io.weir.app.acls.Grants;
import io.weir.app.acls.StrimziYaml;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "acls",
        mixinStandardHelpOptions = true,
        description = "Prints what Weir has to be allowed on Kafka, and no more, from the topology and the settings."
                + " Asks no cluster.",
        footer = {
            "",
            "Example: ./weir acls --config weir.properties",
            "Example: ./weir acls --for publish --principal User:checkout --format kafka-acls",
            "Example: ./weir acls --existing-topics --format strimzi --set topic.partitions=12 > kafka.yaml"
        })
final class AclsCommand implements Runnable {
    private static final String USER = "User:";

    enum Format {
        TEXT,
        KAFKA_ACLS,
        STRIMZI;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--principal", defaultValue = "User:weir", description = "Whom. Default: ${DEFAULT-VALUE}")
    private String principal = "";

    @Option(
            names = "--for",
            defaultValue = "run",
            description = "What it is to do: run, publish (replay and generate --live), reset, forget, look"
                    + " (dead-letters and late-events: list and show) or retry (the same, and retry)."
                    + " Default: ${DEFAULT-VALUE}")
    private Grants.Task task = Grants.Task.RUN;

    @Option(
            names = "--existing-topics",
            description = "Somebody else makes the inputs and outputs, so Weir need not be allowed to.")
    private boolean existingTopics;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "text, kafka-acls (commands of Kafka's own tool) or strimzi (KafkaTopic and KafkaUser)."
                    + " Default: ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    @Option(
            names = "--cluster",
            defaultValue = "kafka",
            description = "With strimzi: what the Kafka resource is called. Default: ${DEFAULT-VALUE}")
    private String cluster = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        if (!principal.startsWith(USER) || principal.length() == USER.length()) {
            throw new ParameterException(
                    spec.commandLine(), "--principal " + principal + ": User:NAME is needed, such as User:weir");
        }
        WeirConfig config = options.read(Map.of());
        List<Grant> grants = Grants.of(task, config, existingTopics);
        spec.commandLine().getOut().print(text(config, grants));
        spec.commandLine().getOut().flush();
    }

    private String text(WeirConfig config, List<Grant> grants) {
        return switch (format) {
            case TEXT -> GrantText.table(grants);
            case KAFKA_ACLS -> GrantText.commands(grants, principal, bootstrapServers(config));
            case STRIMZI -> StrimziYaml.of(grants, config, principal.substring(USER.length()), cluster);
        };
    }

    private static String bootstrapServers(WeirConfig config) {
        String servers = config.text(ConfigKeys.BOOTSTRAP_SERVERS);
        return servers.isEmpty() ? "HOST:PORT" : servers;
    }
}
