package io.weir.app.command;

import io.weir.app.HttpAccess;
import io.weir.app.Instance;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the pipeline against a Kafka cluster and a schema registry. More instances share the work.",
        footer = {
            "",
            "Example: ./weir run --config weir.properties",
            "Example: ./weir run --set kafka.bootstrap.servers=kafka:9092"
                    + " --set schema.registry.url=http://registry:8081"
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        WeirConfig config = options.read(Map.of());
        List<String> problems = new ArrayList<>(config.missingForCluster());
        problems.addAll(HttpAccess.problems(config));
        problems.addAll(VisitorKeys.problems(config));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        sayHowVisitorsAreCalled(config);
        try (Instance instance = Instance.listen(config, Instance.Extras.NONE)) {
            Runtime.getRuntime().addShutdownHook(new Thread(instance::close, "weir-shutdown"));
            spec.commandLine().getOut().println("Weir listens on " + instance.uri() + ". Ctrl-C stops it.");
            instance.start(null);
            instance.awaitEnd();
        }
        return 0;
    }

    private static void sayHowVisitorsAreCalled(WeirConfig config) {
        if (VisitorKeys.names(config).get().arePseudonyms()) {
            LOG.info("visitor ids are replaced by pseudonyms as soon as they are read");
        } else {
            LOG.info(
                    "visitor ids are stored as they come; {} replaces them by pseudonyms", ConfigKeys.VISITOR_KEY_FILE);
        }
    }
}
