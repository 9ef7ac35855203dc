package io.weir.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.app.config.WeirConfig;
import io.weir.app.refused.RefusedCounts;
import io.weir.app.refused.RefusedTopic;
import io.weir.app.replay.results.TextTable;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Counts them by reason and input, with the times at which the first and the last were refused.",
        footer = {"", "Example: ./${COMMAND-FULL-NAME} --config weir.properties"})
final class RefusedListCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private RefusedCommand parent;

    @Option(names = "--format", defaultValue = "text", description = "text or json. Default: ${DEFAULT-VALUE}")
    private RefusedCommand.Format format = RefusedCommand.Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        WeirConfig config = RefusedCommand.read(options);
        String topic = parent.kind().topic(config);
        List<RefusedCounts.Count> counts;
        try (RefusedTopic refused = new RefusedTopic(config, parent.kind())) {
            counts = RefusedCounts.of(refused).all();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (format == RefusedCommand.Format.JSON) {
            out.println(json(topic, counts));
        } else {
            out.println(topic + ": "
                    + counts.stream().mapToLong(RefusedCounts.Count::records).sum() + " "
                    + parent.kind().plural());
            out.print(counts.isEmpty() ? "" : table(counts));
            out.flush();
        }
        return 0;
    }

    private static String table(List<RefusedCounts.Count> counts) {
        TextTable table = new TextTable("reason", "input", "records", "sent back", "first", "last");
        for (RefusedCounts.Count each : counts) {
            table.add(
                    each.reason(),
                    each.input(),
                    Long.toString(each.records()),
                    Long.toString(each.sentBack()),
                    second(each.firstMs()),
                    second(each.lastMs()));
        }
        return table.toString();
    }

    private static String second(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static ObjectNode json(String topic, List<RefusedCounts.Count> counts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("topic", topic);
        ArrayNode reasons = node.putArray("counts");
        for (RefusedCounts.Count each : counts) {
            reasons.addObject()
                    .put("reason", each.reason())
                    .put("input", each.input())
                    .put("records", each.records())
                    .put("sent_back", each.sentBack())
                    .put("first", Instant.ofEpochMilli(each.firstMs()).toString())
                    .put("last", Instant.ofEpochMilli(each.lastMs()).toString());
        }
        return node;
    }
}
