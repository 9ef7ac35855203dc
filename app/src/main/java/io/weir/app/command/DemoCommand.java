package io.weir.app.command;

import io.weir.app.config.WeirConfig;
import io.weir.app.demo.Demo;
import io.weir.app.demo.Incident;
import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
        footer = {"", "Example: ./weir demo", "Example: ./weir demo --rate 500 --set http.port=9090"})
final class DemoCommand implements Callable<Integer> {
    /** Payments come seconds to minutes after the visit instead of minutes to hours. */
    private static final double DELAY_FACTOR = 1 / 60.0;

    private static final double RHYTHM_STRENGTH = 0.4;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--seed", defaultValue = "1", description = "Which shop and traffic. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--rate",
            defaultValue = "60",
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
        long nowMs = System.currentTimeMillis();
        Incident incident = new Incident(
                nowMs + incidentAfter.toMillis(),
                nowMs + incidentAfter.plus(incidentFor).toMillis());
        ShopTraffic shop = new ShopTraffic(TrafficSettings.shop(seed, nowMs, rate)
                .withDelayFactor(DELAY_FACTOR)
                .withRhythm(config.timeZone(), RHYTHM_STRENGTH)
                .withIncident(incident));
        String notice = notice(incident, shop, config.timeZone());
        say("Weir demo: starting Kafka, the pipeline and the generated traffic of a shop that does not exist.");
        try (Demo demo = Demo.start(config, shop, notice)) {
            say("  page      " + demo.uri());
            say("  metrics   " + demo.uri() + "metrics");
            say("  Kafka     " + demo.bootstrapServers());
            say("  registry  " + demo.uri() + "registry");
            say("  " + notice + ".");
            say("Running after " + (System.currentTimeMillis() - nowMs) / 1000 + " s. Ctrl-C stops it.");
            announce(incident, shop.incidentProductId());
            demo.awaitEnd();
        }
        return 0;
    }

    private void say(String line) {
        PrintWriter console = spec.commandLine().getOut();
        console.println(line);
        console.flush();
    }

    private String notice(Incident incident, ShopTraffic shop, ZoneId zone) {
        if (incidentFor.isZero()) {
            return "No incident is planted.";
        }
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        return "Planted incident: the conversion of " + shop.incidentProductId() + " collapses from "
                + clock.format(Instant.ofEpochMilli(incident.startMs())) + " to "
                + clock.format(Instant.ofEpochMilli(incident.endMs())) + " " + zone;
    }

    private void announce(Incident incident, String productId) {
        if (incidentFor.isZero()) {
            return;
        }
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "incident-announcer");
            thread.setDaemon(true);
            return thread;
        });
        long nowMs = System.currentTimeMillis();
        String what = "INCIDENT (planted): the conversion of " + productId;
        clock.schedule(() -> say(what + " collapses now."), incident.startMs() - nowMs, TimeUnit.MILLISECONDS);
        clock.schedule(() -> say(what + " recovers now."), incident.endMs() - nowMs, TimeUnit.MILLISECONDS);
    }
}
