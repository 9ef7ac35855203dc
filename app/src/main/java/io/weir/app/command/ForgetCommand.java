package io.weir.app.command;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Forgetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Has the running pipeline forget a visitor: the journey goes, the figures stay.",
            "Needs the settings that the pipeline has, its visitor keys included, the previous one, too."
        },
        footer = {
            "",
            "Exit status: 0 forgotten, 1 not yet or not possible, 2 wrong usage or configuration.",
            "",
            "Example: ./weir forget v-4711 --config weir.properties",
            "Example: ./weir forget - --config weir.properties < visitor.txt"
        })
final class ForgetCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Parameters(
            paramLabel = "VISITOR",
            description = "The visitor_id; - reads it from standard input, which no list of processes shows.")
    private String visitor = "";

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            defaultValue = "PT1M",
            description = "How long to wait until the pipeline has done it. Default: ${DEFAULT-VALUE}")
    private String within = "PT1M";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        WeirConfig config = options.read(Map.of());
        List<String> problems = new ArrayList<>(VisitorKeys.problems(config));
        if (config.text(ConfigKeys.BOOTSTRAP_SERVERS).isEmpty()) {
            problems.add(ConfigKeys.BOOTSTRAP_SERVERS + ": missing; where Kafka is, such as kafka:9092");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        String visitorId = visitorId();
        Duration atMost = atMost();
        try (Forgetting forgetting = new Forgetting(config)) {
            int partitions = forgetting.forget(visitorId, atMost);
            if (partitions == 0) {
                spec.commandLine()
                        .getErr()
                        .println("weir: not done within " + within + ". It stands in " + config.forgetTopic()
                                + " and will be done when the pipeline " + config.applicationId()
                                + " runs and has caught up; ask again then.");
                return WeirCommand.FAILED;
            }
            spec.commandLine()
                    .getOut()
                    .println(
                            "The visitor is forgotten in all " + partitions + " partitions. Figures stay as they are.");
        }
        return 0;
    }

    private Duration atMost() {
        try {
            return Duration.parse(within);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), "--within: found " + within + "; an ISO-8601 duration such as PT1M is needed");
        }
    }

    private String visitorId() throws IOException {
        String id = visitor.equals("-")
                ? new String(System.in.readNBytes(1 << 20), StandardCharsets.UTF_8).strip()
                : visitor;
        if (id.isBlank()) {
            throw new ParameterException(spec.commandLine(), "VISITOR is blank; a visitor_id is needed");
        }
        return id;
    }
}
