package io.weir.app.command;

import io.weir.app.refused.RefusedKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        subcommands = {RefusedListCommand.class, RefusedShowCommand.class, RefusedRetryCommand.class},
        description = {
            "Dead letters, the records that were rejected: counts them, shows them, and sends them back after a fix.",
            "What the reasons mean stands in the README."
        },
        footer = {"", "Example: ./weir dead-letters list --config weir.properties"})
final class DeadLettersCommand implements RefusedCommand, Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public RefusedKind kind() {
        return RefusedKind.DEAD_LETTERS;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of list, show and retry is missing");
    }
}
