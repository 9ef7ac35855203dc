package io.weir.app.command;

import io.weir.app.Version;
import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.ConfigurationException;
import io.weir.app.http.CannotListenException;
import io.weir.app.pipeline.Reset;
import io.weir.app.pipeline.StartException;
import io.weir.app.replay.input.ReplayException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./weir}: chooses the command, and turns every failure into one readable line and an exit status. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        version = "Weir " + Version.NUMBER,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            TopologyCommand.class,
            AclsCommand.class,
            ResetCommand.class,
            GenerateCommand.class,
            ForgetCommand.class,
            DeadLettersCommand.class,
            LateEventsCommand.class
        },
        description = "Tells an online shop, live, what its traffic is worth.",
        footer = {
            "",
            "./weir test runs everything that has to hold before a change lands.",
            "./weir bench races Weir against other engines; ./weir bench --help says more.",
            "",
            "Exit status: 0 done, 1 it ran but failed, 2 wrong usage or configuration.",
            "",
            "Example: ./weir demo"
        })
public final class WeirCommand implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Runs the command that the arguments name; returns the exit status. */
    public static int run(String... arguments) {
        Logs.quietUnlessRunning(arguments);
        CommandLine line = new CommandLine(new WeirCommand());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        return line.execute(arguments);
    }

    private static int report(Exception failure, CommandLine command) {
        if (failure instanceof ConfigurationException || failure instanceof ConfigException) {
            command.getErr().println("weir: " + failure.getMessage());
            return WRONG_USAGE;
        }
        if (failure instanceof InterruptedException) {
            command.getErr().println("weir: interrupted");
            return FAILED;
        }
        boolean expected = failure instanceof StartException
                || failure instanceof Reset.RefusedException
                || failure instanceof ReplayException
                || failure instanceof CannotListenException
                || failure instanceof BrokerProcess.DidNotStartException;
        command.getErr().println("weir: " + (expected ? failure.getMessage() : ReplayException.reason(failure)));
        LoggerFactory.getLogger(WeirCommand.class).debug("the command failed", failure);
        return FAILED;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
