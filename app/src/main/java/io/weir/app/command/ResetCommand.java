package io.weir.app.command;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Reset;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description =
                "Takes Weir back to before its first start, so that the next one reads the inputs anew: deletes its"
                        + " committed offsets, its internal topics and its state on this machine. Prints what it would delete,"
                        + " and does it with --execute. Refuses while an instance is active.",
        footer = {
            "",
            "Other machines keep their state: run it on each of them before Weir is started anywhere.",
            "",
            "Example: ./weir reset --config weir.properties",
            "Example: ./weir reset --config weir.properties --outputs --execute"
        })
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--execute", description = "Do it. Without this nothing is changed.")
    private boolean execute;

    @Option(names = "--dry-run", description = "Only print what would be deleted. So it is without --execute, too.")
    private boolean dryRun;

    @Option(
            names = "--outputs",
            description = "Empty the windows, late events and dead letters, too. Otherwise what is computed anew comes"
                    + " behind them, with revisions that begin at 1 again.")
    private boolean outputs;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        WeirConfig config = options.read(Map.of());
        if (config.text(ConfigKeys.BOOTSTRAP_SERVERS).isEmpty()) {
            throw new ConfigurationException(
                    List.of(ConfigKeys.BOOTSTRAP_SERVERS + ": missing; where Kafka is, such as kafka:9092"));
        }
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            Reset reset = new Reset(config, admin);
            Reset.Plan plan = reset.plan(outputs);
            boolean doIt = execute && !dryRun;
            if (doIt) {
                reset.execute(plan);
            }
            print(config, plan, doIt);
        }
        return 0;
    }

    private void print(WeirConfig config, Reset.Plan plan, boolean done) {
        PrintWriter out = spec.commandLine().getOut();
        String application = config.applicationId();
        if (plan.isEmpty()) {
            out.println("There is nothing of " + application + " to reset.");
        } else {
            String delete = done ? "deleted " : "would delete ";
            plan.folders().forEach(folder -> out.println(delete + "the folder " + folder));
            plan.emptied().forEach(topic -> out.println((done ? "emptied " : "would empty ") + "the topic " + topic));
            plan.internal().forEach(topic -> out.println(delete + "the topic " + topic));
            if (plan.group()) {
                out.println(delete + "the group " + application + " with its offsets");
            }
            out.println(
                    done
                            ? "Weir will read its inputs from their beginning. Run this on every other machine that"
                                    + " keeps state of " + application + " before you start it."
                            : "Nothing was changed; --execute does it.");
        }
        out.flush();
    }
}
