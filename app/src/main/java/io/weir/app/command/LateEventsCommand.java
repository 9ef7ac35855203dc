package io.weir.app.command;

import io.weir.app.refused.RefusedKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "late-events",
        mixinStandardHelpOptions = true,
        subcommands = {RefusedListCommand.class, RefusedShowCommand.class, RefusedRetryCommand.class},
        description = {
            "Late events: counts them, shows them, and sends them back.",
            "An event stays late: sent back, it counts only where grace has been raised enough."
        },
        footer = {"", "Example: ./weir late-events list --config weir.properties"})
final class LateEventsCommand implements RefusedCommand, Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public RefusedKind kind() {
        return RefusedKind.LATE_EVENTS;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of list, show and retry is missing");
    }
}
