package io.weir.app.command;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.ClientSettings;
import io.weir.app.pipeline.Codec;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.TemporaryFolder;
import io.weir.app.pipeline.Topics;
import io.weir.app.replay.EmbeddedReplay;
import io.weir.app.replay.Progress;
import io.weir.app.replay.Replay;
import io.weir.app.replay.ReplayPlan;
import io.weir.app.replay.Speed;
import io.weir.app.replay.WallClock;
import io.weir.app.replay.input.FileFormat;
import io.weir.app.replay.input.InputFiles;
import io.weir.app.replay.input.Micros;
import io.weir.app.replay.results.Report;
import io.weir.app.replay.results.Revenue;
import io.weir.app.replay.results.Summary;
import io.weir.app.replay.results.WindowsCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Reads files of past events and publishes them; with --embedded runs the whole pipeline on them.",
        footer = {
            "",
            "Example: ./weir replay events.csv --embedded --out out",
            "Example: ./weir replay UserBehavior.csv.gz --format taobao --assume-price 10 --embedded --out out",
            "Example: ./weir replay events.csv --bootstrap-servers kafka:9092 --schema-registry http://registry:8081"
                    + " --speed 60x"
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, .gz as they are, or folders of files.")
    private List<Path> paths = List.of();

    @Option(
            names = "--format",
            defaultValue = "weir",
            description = "How to read them: weir, taobao, rees46, retailrocket or online-retail."
                    + " Default: ${DEFAULT-VALUE}")
    private String format = "weir";

    @Option(names = "--embedded", description = "Bring a broker along, run the pipeline on the events and exit.")
    private boolean embedded;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Publish to this Kafka cluster.")
    private @Nullable String bootstrapServers;

    @Option(names = "--schema-registry", paramLabel = "URL", description = "The schema registry that goes with it.")
    private @Nullable String schemaRegistry;

    @Option(
            names = "--order",
            defaultValue = "time",
            description = "time: by event time; file: as the rows stand. Default: ${DEFAULT-VALUE}")
    private Replay.Order order = Replay.Order.TIME;

    @Option(
            names = "--speed",
            defaultValue = "max",
            description = "max, realtime, or a factor such as 60x. Default: ${DEFAULT-VALUE}")
    private String speed = "max";

    @Option(
            names = "--assume-price",
            paramLabel = "AMOUNT",
            description = "Price per unit for formats without prices; the report then says that revenue is assumed.")
    private @Nullable String assumedPrice;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "With --embedded: write windows.csv and summary.json there.")
    private @Nullable Path out;

    @Option(
            names = "--windows",
            paramLabel = "SIZES",
            description = "Which windows to compute and write: some of 1m,1h,1d. Default: 1h,1d")
    private @Nullable String windows;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkUsage();
        WeirConfig config = options.read(defaults()).with(overrides());
        if (!embedded && !config.missingForCluster().isEmpty()) {
            throw new ConfigurationException(config.missingForCluster());
        }
        VisitorKeys.check(config);
        FileFormat eventFormat = usage(() -> FileFormat.named(format, priceMicros(), config.timeZone()));
        Speed pace = usage(() -> Speed.parse(speed));
        ReplayPlan plan =
                new ReplayPlan(eventFormat, InputFiles.resolve(paths), order, pace, Progress::onStandardError);
        if (assumedPrice != null && eventFormat.hasPrices()) {
            spec.commandLine().getErr().println("weir: the files have prices of their own; --assume-price is ignored");
        }
        if (embedded) {
            runEmbedded(config, plan);
        } else {
            publish(config, plan);
        }
        return 0;
    }

    private void checkUsage() {
        if (embedded && (bootstrapServers != null || schemaRegistry != null)) {
            throw wrongUsage("--embedded brings its own broker and registry: leave out --bootstrap-servers and"
                    + " --schema-registry, or --embedded");
        }
        if (!embedded && (out != null || windows != null)) {
            throw wrongUsage("--out and --windows need --embedded: elsewhere the pipeline decides about its results");
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private interface Parsed<T> {
        T get();
    }

    private <T> T usage(Parsed<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private long priceMicros() {
        return assumedPrice == null ? 0 : Micros.parsePrice(assumedPrice);
    }

    private static Map<String, String> defaults() {
        return Map.of(ConfigKeys.WINDOWS, "1h,1d");
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (windows != null) {
            overrides.put(ConfigKeys.WINDOWS, windows);
        }
        if (bootstrapServers != null) {
            overrides.put(ConfigKeys.BOOTSTRAP_SERVERS, bootstrapServers);
        }
        if (schemaRegistry != null) {
            overrides.put(ConfigKeys.SCHEMA_REGISTRY_URL, schemaRegistry);
        }
        return overrides;
    }

    private void runEmbedded(WeirConfig config, ReplayPlan plan) throws IOException, InterruptedException {
        EmbeddedReplay.Result result = new EmbeddedReplay(config, plan).run();
        Summary summary = Summary.of(
                result.ledger(), result.counts(), result.seconds(), Revenue.of(plan.format(), assumedPrice != null));
        Report report = new Report(
                summary,
                result.rows(),
                config.currency(),
                config.minVisitors(),
                config.defaultMargin().doubleValue());
        PrintWriter console = spec.commandLine().getOut();
        console.print(report.text());
        if (out != null) {
            WindowsCsv.write(out.resolve("windows.csv"), result.rows());
            summary.write(out.resolve("summary.json"));
            console.println("Wrote " + out.resolve("windows.csv") + " and " + out.resolve("summary.json") + ".");
        }
        console.flush();
    }

    private void publish(WeirConfig config, ReplayPlan plan) throws IOException, InterruptedException {
        OptionalLong spreadMs = OptionalLong.of(config.duration("grace").toMillis() / 10);
        try (TemporaryFolder folder = new TemporaryFolder();
                Admin admin = Admin.create(ClientSettings.admin(config));
                Progress progress = Progress.onStandardError(() -> 0)) {
            new Topics(config, admin).prepare();
            Replay replay =
                    new Replay(plan.format(), plan.files(), plan.order(), plan.speed(), spreadMs, folder.path());
            try (Producer<byte[], byte[]> producer = EventSink.producer(config)) {
                Replay.Published published = replay.run(
                        producer,
                        new Codec(config, null).serializer(),
                        EventSink.topics(config),
                        WallClock.SYSTEM,
                        progress);
                spec.commandLine().getOut().println("Published " + published.events() + " events.");
            }
        }
    }
}
