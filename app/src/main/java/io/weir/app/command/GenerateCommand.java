package io.weir.app.command;

import io.weir.app.config.WeirConfig;
import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import io.weir.app.replay.input.EventCsvWriter;
import io.weir.app.replay.input.ReplayException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes generated shop traffic to an event file that replay reads.",
        footer = {"", "Example: ./weir generate --events 1000000 --seed 7 --out shop.csv"})
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--events", defaultValue = "1000000", description = "How many. Default: ${DEFAULT-VALUE}")
    private long events;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The same seed gives the same file. Default: ${DEFAULT-VALUE}")
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

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to write; compressed if it ends in .gz.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Override
    public Integer call() {
        WeirConfig config = options.read(Map.of());
        TrafficSettings settings = TrafficSettings.shop(seed, start.toEpochMilli(), rate);
        ShopTraffic traffic = new ShopTraffic(settings.withRhythm(config.timeZone(), settings.rhythmStrength()));
        try (EventCsvWriter csv = new EventCsvWriter(open())) {
            for (long i = 0; i < events; i++) {
                csv.write(traffic.next());
            }
        } catch (IOException e) {
            throw new ReplayException("cannot write " + out + ": " + ReplayException.reason(e), e);
        }
        return 0;
    }

    private Writer open() throws IOException {
        if (out.toString().endsWith(".gz")) {
            return new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(out), 1 << 16), StandardCharsets.UTF_8);
        }
        return Files.newBufferedWriter(out, StandardCharsets.UTF_8);
    }
}
