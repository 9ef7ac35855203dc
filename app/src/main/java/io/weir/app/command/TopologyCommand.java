package io.weir.app.command;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Mermaid;
import io.weir.app.pipeline.TopologyTopics;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description = "Prints the topology: its nodes, stores and topics.",
        footer = {"", "Example: ./weir topology --format mermaid > topology.mmd"})
final class TopologyCommand implements Runnable {
    enum Format {
        TEXT,
        MERMAID
    }

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "text, as Kafka Streams describes it, or mermaid, a diagram. Default: ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        WeirConfig config = options.read(Map.of());
        TopologyDescription description = TopologyTopics.describe(config);
        String text = format == Format.MERMAID ? Mermaid.of(description) : description.toString();
        spec.commandLine().getOut().println(text.strip());
    }
}
