package io.weir.bench;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.replay.input.ReplayException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./weir bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Races Weir against other engines, and against the limits of the machine, on the same events of one"
                        + " real broker. Each engine runs in a JVM of its own and its results are compared with the batch"
                        + " oracle's; figures without equal results are void. Nothing else should run on the machine.",
        footer = {
            "",
            "Exit status: 0 done, 1 a figure is void or the race failed, 2 wrong usage.",
            "",
            "Example: ./weir bench",
            "Example: ./weir bench --engines cost,weir --events 100000 --rounds 1 --warm-up 0",
            "Example: ./weir bench --micro Journey"
        })
public final class Bench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final long UNWIND_WITHIN_S = 30;

    @Option(names = "--events", defaultValue = "1000000", description = "How many. Default: ${DEFAULT-VALUE}")
    private long events;

    @Option(
            names = "--visitors",
            defaultValue = "0",
            description = "At most so many different visitors; 0 for as many as the traffic has, about one for three"
                    + " events. Default: ${DEFAULT-VALUE}")
    private long visitors;

    @Option(names = "--products", defaultValue = "300", description = "Products. Default: ${DEFAULT-VALUE}")
    private int products;

    @Option(
            names = "--zipf",
            defaultValue = "0.9",
            description = "How much more popular the popular products are: the exponent of Zipf's law, 0 for all alike."
                    + " Default: ${DEFAULT-VALUE}")
    private double zipf;

    @Option(
            names = "--rate",
            defaultValue = "20",
            description = "Events a second of event time: how many share a window. 20 is a small shop that catches up,"
                    + " 20000 a large one at full load. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(names = "--seed", defaultValue = "1", description = "Which events. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each input. Default: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(
            names = "--engines",
            split = ",",
            description = "Which ones, in this order; all but flink-sql and weir-many-series by default. See --list.")
    private List<String> engines = new ArrayList<>(Engines.byDefault());

    @Option(names = "--list", description = "Prints the engines and ends.")
    private boolean list;

    @Option(names = "--rounds", defaultValue = "5", description = "That count. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "1",
            description = "Rounds before them that do not count. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--rehearsals",
            defaultValue = "0",
            description = "How often each JVM does the whole job before the one that is measured, so that its code is"
                    + " compiled. Default: ${DEFAULT-VALUE}")
    private int rehearsals;

    @Option(names = "--threads", defaultValue = "2", description = "Of each engine. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--heap", defaultValue = "4g", description = "Of each engine's JVM. Default: ${DEFAULT-VALUE}")
    private String heap = "";

    @Option(
            names = "--limit",
            defaultValue = "PT30M",
            description = "An engine that takes longer for a round has failed. Default: ${DEFAULT-VALUE}")
    private Duration limit = Duration.ZERO;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where bench.json, bench.txt and bench.svg go. Default: bench/target")
    private @Nullable Path out;

    @Option(
            names = "--write-readme",
            description = "Also writes the figures into README.md, and the plot to docs/bench.svg.")
    private boolean writeReadme;

    @Option(
            names = "--micro",
            arity = "0..1",
            paramLabel = "REGEX",
            fallbackValue = "",
            description = "Instead of the race: the benchmarks of the hot parts (JMH, with allocation), all or those"
                    + " whose name matches.")
    private @Nullable String micro;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench()).setCommandName("weir bench");
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        System.exit(line.execute(arguments));
    }

    private static int report(Exception failure, CommandLine command) {
        if (failure instanceof InterruptedException) {
            command.getErr().println("weir bench: interrupted");
            return FAILED;
        }
        boolean expected = failure instanceof BenchException
                || failure instanceof ReplayException
                || failure instanceof BrokerProcess.DidNotStartException;
        command.getErr().println("weir bench: " + (expected ? failure.getMessage() : failure.toString()));
        if (!expected) {
            failure.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Engines.names().forEach(name -> say(name + ": " + Engines.of(name).description()));
            return 0;
        }
        Path folder = out == null ? root().resolve("bench/target") : out;
        Files.createDirectories(folder);
        if (micro != null) {
            Micro.run(micro, folder.resolve("micro.json"));
            return 0;
        }
        RaceResult race = race(new Race(settings(), chosen(), this::progress));
        String report = TextReport.of(race);
        Json.MAPPER.writeValue(folder.resolve("bench.json").toFile(), race);
        Files.writeString(folder.resolve("bench.txt"), report);
        Files.writeString(folder.resolve("bench.svg"), SvgPlot.of(race));
        say(report);
        progress("written: bench.json, bench.txt and bench.svg in " + folder);
        if (writeReadme) {
            ReadmeSection.write(root(), race);
        }
        return race.isValid() ? 0 : FAILED;
    }

    /** On Ctrl-C the broker, the engine that runs and the temporary files go before this process does. */
    private static RaceResult race(Race race) throws IOException, InterruptedException {
        CountDownLatch unwound = new CountDownLatch(1);
        Thread racing = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(racing, unwound), "bench-clean-up"));
        try {
            return race.run();
        } finally {
            unwound.countDown();
        }
    }

    private static void stop(Thread racing, CountDownLatch unwound) {
        if (unwound.getCount() > 0) {
            racing.interrupt();
            try {
                unwound.await(UNWIND_WITHIN_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The launcher says where the project is. */
    private static Path root() {
        return Path.of(System.getProperty("weir.root", "."));
    }

    private List<Engine> chosen() {
        try {
            return engines.stream().map(Engines::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Race.Settings settings() {
        if (rounds < 1 || warmUp < 0 || rehearsals < 0 || threads < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds and --threads must be at least 1, --warm-up and --rehearsals at least 0; found " + rounds
                            + ", " + threads + ", " + warmUp + ", " + rehearsals);
        }
        try {
            Workload workload = new Workload(events, visitors, products, zipf, rate, seed, partitions);
            workload.iterator();
            return new Race.Settings(workload, rounds, warmUp, rehearsals, threads, heap, limit);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }

    private void progress(String line) {
        spec.commandLine().getErr().println("bench: " + line);
    }
}
