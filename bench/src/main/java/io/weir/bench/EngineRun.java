package io.weir.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One round of one engine, in a process of its own, as the harness sees it. */
final class EngineRun {
    /** The same for all engines. */
    static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseParallelGC",
            "-Dfile.encoding=UTF-8",
            // What Weir sets by itself.
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dweir.log.kafka=ERROR",
            // The oracle's jar has another.
            "-Dlogback.configurationFile=logback.xml",
            // What Flink and Hazelcast look into on Java 17.
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");

    private static final long LOOK_EVERY_MS = 10;
    private static final int LAST_LINES = 15;

    private final Arena arena;
    private final Engine engine;
    private final List<Job> jobs;
    private final Path folder;
    private final String heap;
    private final Duration limit;

    /** The engine did not do it; the message says how it ended. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    /**
     * @param jobs the last one is measured, the others are done before it in the same process
     * @param folder for what the process says
     * @param heap as for {@code -Xmx}
     * @param limit of the time for all of it
     */
    EngineRun(Arena arena, Engine engine, List<Job> jobs, Path folder, String heap, Duration limit) {
        this.arena = arena;
        this.engine = engine;
        this.jobs = List.copyOf(jobs);
        this.folder = folder;
        this.heap = heap;
        this.limit = limit;
    }

    private Job measuredJob() {
        return jobs.get(jobs.size() - 1);
    }

    private Path log() {
        return folder.resolve("log.txt");
    }

    /** Runs it; afterwards the results are in {@link Job#results}. */
    Round run() throws IOException, InterruptedException, FailedException {
        Files.createDirectories(folder);
        for (Job job : jobs) {
            arena.create(job.outputTopic());
        }
        Path jobFile = folder.resolve("jobs.json");
        Path reportFile = folder.resolve("report.json");
        Json.MAPPER.writeValue(jobFile.toFile(), jobs);
        Process process = new ProcessBuilder(command(jobFile, reportFile))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        long deadlineNs = System.nanoTime() + limit.toNanos();
        try {
            await(process, EngineProcess.beganMark(reportFile), deadlineNs);
            Round round = measure(process, reportFile, deadlineNs);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            awaitEnd(process, deadlineNs);
            return round;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Round measure(Process process, Path reportFile, long deadlineNs)
            throws IOException, InterruptedException, FailedException {
        long brokerCpuNs = arena.brokerCpuNs();
        try (WrittenBytes written = new WrittenBytes(arena);
                Scraper scraper = new Scraper(measuredJob().metricsAddress())) {
            await(process, reportFile, deadlineNs);
            brokerCpuNs = arena.brokerCpuNs() - brokerCpuNs;
            EngineReport report = Json.MAPPER.readValue(reportFile.toFile(), EngineReport.class);
            return Round.of(report, measuredJob().events(), brokerCpuNs, written.now(), scraper.scrapes());
        }
    }

    private List<String> command(Path jobFile, Path reportFile) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + folder.toAbsolutePath(),
                "-cp",
                EngineClassPath.of(engine),
                EngineProcess.class.getName(),
                engine.name(),
                jobFile.toString(),
                reportFile.toString()));
        return command;
    }

    private void await(Process process, Path file, long deadlineNs)
            throws InterruptedException, FailedException, IOException {
        while (!Files.exists(file)) {
            if (!process.isAlive()) {
                throw failed("it ended with status " + process.exitValue());
            }
            checkTime(deadlineNs);
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private void awaitEnd(Process process, long deadlineNs) throws InterruptedException, FailedException, IOException {
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
            checkTime(deadlineNs);
        }
        if (process.exitValue() != 0) {
            throw failed("its results could not be read, and it ended with status " + process.exitValue());
        }
    }

    private void checkTime(long deadlineNs) throws FailedException, IOException {
        if (System.nanoTime() > deadlineNs) {
            throw failed("it was not done within " + limit + "; --limit allows for more");
        }
    }

    private FailedException failed(String how) throws IOException {
        List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
        String last = String.join("\n    ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        String causes = lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith("Caused by:"))
                .distinct()
                .limit(LAST_LINES)
                .collect(Collectors.joining("\n    "));
        return new FailedException(
                how + "; the causes that it named:\n    " + causes + "\n  the last that it said:\n    " + last);
    }
}
