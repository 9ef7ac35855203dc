package io.weir.app.command;

import io.weir.app.config.ConfigurationException;
import io.weir.app.config.WeirConfig;
import io.weir.app.demo.Incident;
import io.weir.app.demo.LiveShop;
import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import io.weir.app.replay.input.EventCsvWriter;
import io.weir.app.replay.input.ReplayException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes generated shop traffic to an event file that replay reads, or publishes it live.",
        footer = {
            "",
            "Example: ./weir generate --events 1000000 --seed 7 --out shop.csv",
            "Example: ./weir generate --live --rate 60 --set kafka.bootstrap.servers=kafka:9092"
                    + " --set schema.registry.url=http://registry:8081"
        })
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--events", defaultValue = "1000000", description = "How many. Default: ${DEFAULT-VALUE}")
    private long events;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The same seed gives the same shop, and the same file. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--start",
            defaultValue = "2026-01-05T00:00:00Z",
            description = "Event time of the first one. Default: ${DEFAULT-VALUE}")
    private Instant start = Instant.EPOCH;

    @Option(
            names = "--rate",
            defaultValue = "20",
            description = "Events a second of event time, on average. Default: ${DEFAULT-VALUE}")
    private double rate;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Destination destination;

    @Option(
            names = "--incident-after",
            defaultValue = "PT5M",
            description = "With --live: when the planted incident begins, after the start. Default: ${DEFAULT-VALUE}")
    private Duration incidentAfter = Duration.ZERO;

    @Option(
            names = "--incident-for",
            defaultValue = "PT10M",
            description = "With --live: how long it lasts; PT0S for none. Default: ${DEFAULT-VALUE}")
    private Duration incidentFor = Duration.ZERO;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Where the events go: one of the two. */
    private static final class Destination {
        @Option(names = "--out", paramLabel = "FILE", description = "Where to write; compressed if it ends in .gz.")
        private @Nullable Path out;

        @Option(
                names = "--live",
                description = "Publish each event to the cluster when its time has come, from now on and until Ctrl-C,"
                        + " with delays in minutes rather than hours; --events and --start are ignored.")
        private boolean live;
    }

    @Override
    public Integer call() throws InterruptedException {
        WeirConfig config = options.read(Map.of());
        if (destination.out == null) {
            return publish(config);
        }
        write(config, destination.out);
        return 0;
    }

    private void write(WeirConfig config, Path file) {
        TrafficSettings settings = TrafficSettings.shop(seed, start.toEpochMilli(), rate);
        ShopTraffic traffic = new ShopTraffic(settings.withRhythm(config.timeZone(), settings.rhythmStrength()));
        try (EventCsvWriter csv = new EventCsvWriter(open(file))) {
            for (long i = 0; i < events; i++) {
                csv.write(traffic.next());
            }
        } catch (IOException e) {
            throw new ReplayException("cannot write " + file + ": " + ReplayException.reason(e), e);
        }
    }

    private static Writer open(Path file) throws IOException {
        if (file.toString().endsWith(".gz")) {
            return new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), StandardCharsets.UTF_8);
        }
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    /** Returns only when it cannot go on: Ctrl-C ends the program. */
    private int publish(WeirConfig config) throws InterruptedException {
        if (!config.missingForCluster().isEmpty()) {
            throw new ConfigurationException(config.missingForCluster());
        }
        long nowMs = System.currentTimeMillis();
        Incident incident = new Incident(
                nowMs + incidentAfter.toMillis(),
                nowMs + incidentAfter.plus(incidentFor).toMillis());
        ShopTraffic shop =
                new ShopTraffic(TrafficSettings.demonstration(seed, nowMs, rate, config.timeZone(), incident));
        PlantedIncident planted = new PlantedIncident(incident, shop.incidentProductId(), config.timeZone());
        try (LiveShop live = LiveShop.open(config, shop)) {
            Runtime.getRuntime().addShutdownHook(new Thread(live::close, "weir-shutdown"));
            say("Publishing the traffic of a shop that does not exist. " + planted.notice() + ". Ctrl-C stops it.");
            planted.announce(this::say);
            live.awaitEnd();
        }
        return WeirCommand.FAILED;
    }

    private void say(String line) {
        PrintWriter console = spec.commandLine().getOut();
        console.println(line);
        console.flush();
    }
}
