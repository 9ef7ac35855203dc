package io.weir.app.command;

import io.weir.app.config.WeirConfig;
import io.weir.app.refused.RefusedKind;
import io.weir.app.refused.RefusedTopic;
import io.weir.app.refused.Retried;
import io.weir.app.refused.Retry;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Sends them back, byte for byte, to the topic and partition that they came from; each once.",
            "Do it after the fix. What is then still refused comes back as a new record.",
            "An event that lies more than grace behind by now comes back as late."
        },
        footer = {
            "",
            "Exit status: 0 sent, 1 some could not be sent, or not all, 2 wrong usage or configuration.",
            "",
            "Example: ./${COMMAND-FULL-NAME} --dry-run --config weir.properties"
        })
final class RefusedRetryCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private RefusedCommand parent;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only those with this reason.")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        RefusedCommand.check(reason, parent.kind(), spec.commandLine());
        WeirConfig config = RefusedCommand.read(options);
        if (parent.kind() == RefusedKind.LATE_EVENTS) {
            spec.commandLine()
                    .getErr()
                    .println("weir: late events are late again unless they lie within the grace of the pipeline that"
                            + " reads them, here " + config.text("grace") + "; no figure changes by those that are.");
        }
        Retried retried;
        try (RefusedTopic topic = new RefusedTopic(config, parent.kind())) {
            Retry retry = new Retry(topic, reason);
            retried = dryRun ? retry.dryRun() : retry.run();
        }
        return say(retried);
    }

    /** Says what became of them; answers the exit status. */
    private int say(Retried retried) {
        PrintWriter out = spec.commandLine().getOut();
        long sent = retried.count(Retried.Fate.SENT);
        out.println((dryRun ? "Would be sent back: " : "Sent back: ") + sent + " "
                + parent.kind().plural());
        long left = 0;
        for (Retried.Fate fate : Retried.Fate.values()) {
            if (fate != Retried.Fate.SENT && retried.count(fate) > 0) {
                out.println(retried.count(fate) + " " + fate.text() + ":");
            }
            retried.byReason(fate).forEach((why, records) -> out.println("  " + records + " " + why));
            left += fate == Retried.Fate.SENT || fate == Retried.Fate.SENT_BEFORE ? 0 : retried.count(fate);
        }
        return left > 0 ? WeirCommand.FAILED : 0;
    }
}
