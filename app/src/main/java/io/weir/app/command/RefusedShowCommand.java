package io.weir.app.command;

import io.weir.app.config.WeirConfig;
import io.weir.app.refused.RefusedTopic;
import io.weir.app.refused.Shown;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows them: origin, reason and what they hold, decoded where that is possible.",
            "Where there is a visitor key, visitors are shown by their pseudonyms."
        },
        footer = {
            "",
            "Example: ./${COMMAND-FULL-NAME} --limit 5 --config weir.properties",
            "Example: ./${COMMAND-FULL-NAME} --format json --config weir.properties > refused.jsonl"
        })
final class RefusedShowCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private RefusedCommand parent;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only those with this reason.")
    private @Nullable String reason;

    @Option(names = "--partition", paramLabel = "NUMBER", description = "Only those of this partition of their topic.")
    private @Nullable Integer partition;

    @Option(
            names = "--from-offset",
            paramLabel = "OFFSET",
            defaultValue = "0",
            description = "Begin at this offset of each partition. Default: ${DEFAULT-VALUE}")
    private long fromOffset;

    @Option(
            names = "--limit",
            paramLabel = "RECORDS",
            defaultValue = "20",
            description = "How many at most. Default: ${DEFAULT-VALUE}")
    private long limit;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "text, or json: one object a line. Default: ${DEFAULT-VALUE}")
    private RefusedCommand.Format format = RefusedCommand.Format.TEXT;

    @Option(names = "--reveal", description = "Show visitors by their ids although there is a visitor key.")
    private boolean reveal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        RefusedCommand.check(reason, parent.kind(), spec.commandLine());
        if (limit < 1 || fromOffset < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--limit: found " + limit + ", --from-offset: found " + fromOffset
                            + "; at least 1 and at least 0 are needed");
        }
        WeirConfig config = RefusedCommand.read(options);
        PrintWriter out = spec.commandLine().getOut();
        try (RefusedTopic topic = new RefusedTopic(config, parent.kind())) {
            Shown shown = new Shown(reason, partition, fromOffset, limit, reveal);
            boolean json = format == RefusedCommand.Format.JSON;
            long records = shown.each(topic, each -> out.print(json ? each + "\n" : Shown.text(each)));
            if (records == 0 && !json) {
                out.println("There are no such " + parent.kind().plural() + ".");
            }
            out.flush();
        }
        return 0;
    }
}
