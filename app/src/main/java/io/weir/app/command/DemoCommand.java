package io.weir.app.command;

import io.weir.app.HttpAccess;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.demo.Demo;
import io.weir.app.demo.Incident;
import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a real Kafka broker, the pipeline, generated shop traffic and the live page."
                + " Ctrl-C stops all of it.",
        footer = {"", "Example: ./weir demo", "Example: ./weir demo --rate 1000 --set http.port=9090"})
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--seed", defaultValue = "1", description = "Which shop and traffic. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--rate",
            defaultValue = "400",
            description = "Events a second, on average. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--incident-after",
            defaultValue = "PT5M",
            description = "When the planted incident begins, after the start. Default: ${DEFAULT-VALUE}")
    private Duration incidentAfter = Duration.ZERO;

    @Option(
            names = "--incident-for",
            defaultValue = "PT10M",
            description = "How long it lasts; PT0S for none. Default: ${DEFAULT-VALUE}")
    private Duration incidentFor = Duration.ZERO;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        WeirConfig config = options.read(Map.of());
        HttpAccess.check(config);
        VisitorKeys.check(config);
        long nowMs = System.currentTimeMillis();
        Incident incident = new Incident(
                nowMs + incidentAfter.toMillis(),
                nowMs + incidentAfter.plus(incidentFor).toMillis());
        ShopTraffic shop =
                new ShopTraffic(TrafficSettings.demonstration(seed, nowMs, rate, config.timeZone(), incident));
        PlantedIncident planted = new PlantedIncident(incident, shop.incidentProductId(), config.timeZone());
        String notice = planted.notice();
        say("Weir demo: starting Kafka, the pipeline and the generated traffic of a shop that does not exist.");
        try (Demo demo = Demo.start(config, shop, notice)) {
            say("  page      " + demo.uri());
            say("  metrics   " + demo.uri() + "metrics");
            say("  Kafka     " + demo.bootstrapServers());
            say("  registry  " + demo.uri() + "registry");
            say("  " + notice + ".");
            say("Running after " + (System.currentTimeMillis() - nowMs) / 1000 + " s. Ctrl-C stops it.");
            planted.announce(this::say);
            demo.awaitEnd();
        }
        return 0;
    }

    private void say(String line) {
        PrintWriter console = spec.commandLine().getOut();
        console.println(line);
        console.flush();
    }
}
