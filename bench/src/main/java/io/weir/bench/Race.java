package io.weir.bench;

import io.weir.app.pipeline.TemporaryFolder;
import io.weir.oracle.BatchOracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The engines in turn, A B C A B C, on the same records of the same broker, each round in a JVM of its own, each result
 * compared with the batch oracle's.
 */
public final class Race {
    /** The engine that the others are compared with. */
    static final String WEIR = "weir";

    private final Settings settings;
    private final List<Engine> engines;
    private final Consumer<String> progress;
    private final Map<String, String> faults = new HashMap<>();
    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

    /**
     * How to race.
     *
     * @param rounds that count, of each engine
     * @param warmUps rounds before them that do not
     * @param rehearsals how often each JVM does the job before the measured time
     * @param threads that an engine may process with
     * @param heap of each engine's JVM, as for {@code -Xmx}
     * @param limit of the time for one round
     */
    public record Settings(
            Workload workload, int rounds, int warmUps, int rehearsals, int threads, String heap, Duration limit) {}

    /** @param progress gets a line whenever something has been done */
    public Race(Settings settings, List<Engine> engines, Consumer<String> progress) {
        this.settings = settings;
        this.engines = List.copyOf(engines);
        this.progress = progress;
    }

    /** Runs it to the end. */
    RaceResult run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Workload workload = settings.workload();
        try (TemporaryFolder folder = new TemporaryFolder()) {
            Path oracle = folder.resolve("oracle.csv");
            progress.accept("the batch oracle computes what is right");
            Files.writeString(oracle, BatchOracle.file(expected(workload)));
            progress.accept(String.format(Locale.ROOT, "publishing %,d events", workload.events()));
            try (Arena arena = Arena.open(folder.resolve("kafka"), workload)) {
                long inputBytes = arena.inputBytes();
                for (int round = 1 - settings.warmUps(); round <= settings.rounds(); round++) {
                    for (Engine engine : engines) {
                        run(engine, round, arena, folder, oracle);
                    }
                }
                String date = LocalDate.now(ZoneOffset.UTC).toString();
                return new RaceResult(
                        date,
                        machine,
                        workload,
                        inputBytes,
                        settings.threads(),
                        settings.heap(),
                        settings.rehearsals(),
                        standings());
            }
        }
    }

    private static List<String> expected(Workload workload) {
        return BatchOracle.windowsCsvOfEach(List.of(new BatchOracle.Story(workload.rows(), Job.SETTINGS)))
                .get(0);
    }

    /** @param round from 1; 0 and below for a warm-up */
    private void run(Engine engine, int round, Arena arena, TemporaryFolder folder, Path oracle)
            throws IOException, InterruptedException {
        if (faults.containsKey(engine.name())) {
            return;
        }
        String label = (round < 1 ? "warm-up" : "round " + round + " of " + settings.rounds()) + ", " + engine.name();
        String runId = engine.name() + ".r" + (round + settings.warmUps());
        Path own = folder.resolve(runId);
        List<Job> jobs = jobs(arena, runId, own);
        try {
            Round took = new EngineRun(arena, engine, jobs, own, settings.heap(), settings.limit()).run();
            judge(engine, jobs.get(jobs.size() - 1), oracle);
            if (round >= 1) {
                rounds.computeIfAbsent(engine.name(), none -> new ArrayList<>()).add(took);
            }
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s: %.2f s, %.2f µs of CPU an event%s",
                    label,
                    took.seconds(),
                    took.cpuMicros(),
                    faults.containsKey(engine.name()) ? "; VOID: " + faults.get(engine.name()) : ""));
        } catch (EngineRun.FailedException e) {
            faults.put(engine.name(), "FAILED: " + e.getMessage());
            progress.accept(label + " failed: " + e.getMessage());
        } finally {
            arena.deleteTopicsOf(engine.name() + ".r");
            remove(own);
        }
    }

    private List<Job> jobs(Arena arena, String runId, Path own) {
        JobTemplate template = new JobTemplate(settings.workload(), arena, settings.threads());
        List<Job> jobs = new ArrayList<>();
        for (int i = 1; i <= settings.rehearsals(); i++) {
            jobs.add(template.job(runId + ".rehearsal" + i, own.resolve("rehearsal" + i)));
        }
        jobs.add(template.job(runId, own.resolve("job")));
        return jobs;
    }

    private void judge(Engine engine, Job job, Path oracle) throws IOException {
        if (engine.claim().measures().isEmpty()) {
            return;
        }
        if (!Files.exists(job.results())) {
            faults.put(engine.name(), "it wrote no results");
            return;
        }
        Verdict verdict = Verdict.of(oracle, job.results(), engine.claim());
        if (!verdict.isEqual()) {
            faults.put(engine.name(), String.valueOf(verdict.difference()));
        }
    }

    private List<Standing> standings() {
        return engines.stream()
                .map(engine -> new Standing(
                        engine.name(),
                        engine.description(),
                        rounds.getOrDefault(engine.name(), List.of()),
                        engine.claim().difference(),
                        !engine.claim().measures().isEmpty(),
                        faults.get(engine.name())))
                .toList();
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            found.sorted((one, other) -> other.compareTo(one)).forEach(Race::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be removed: " + path, e);
        }
    }
}
