package io.weir.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The JVM in which one engine does one round: {@code EngineProcess ENGINE JOB-FILE REPORT-FILE}. The file holds the jobs
 * in their order; all but the last are rehearsals, and the last is measured. The results are written when the harness
 * has sent a line; when it has gone, this process ends.
 */
final class EngineProcess {
    private final CountDownLatch measured = new CountDownLatch(1);

    private EngineProcess() {}

    public static void main(String[] arguments) {
        try {
            new EngineProcess().run(Engines.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
            // Engines leave threads behind.
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void run(Engine engine, Path jobFile, Path reportFile) throws Exception {
        Thread listening = new Thread(() -> listen(System.in), "bench-harness");
        listening.setDaemon(true);
        listening.start();
        Job[] jobs = Json.MAPPER.readValue(jobFile.toFile(), Job[].class);
        Moment began = Moment.ofStart();
        for (int i = 0; i < jobs.length - 1; i++) {
            process(engine, jobs[i]);
            began = Moment.now();
        }
        Job job = jobs[jobs.length - 1];
        publish(beganMark(reportFile), "");
        Moment end = process(engine, job);
        publish(reportFile, Json.MAPPER.writeValueAsString(report(began, end)));
        measured.await();
        engine.results(job);
    }

    private static Moment process(Engine engine, Job job) throws Exception {
        Files.createDirectories(job.stateFolder());
        Stopwatch.reset();
        engine.process(job);
        return Moment.now();
    }

    /** The file that is there as soon as the measured round has begun. */
    static Path beganMark(Path reportFile) {
        return reportFile.resolveSibling("began");
    }

    private static EngineReport report(Moment began, Moment end) throws IOException {
        return new EngineReport(
                began, orElse(Stopwatch.firstRecord(), began), orElse(Stopwatch.lastResult(), end), peakBytes());
    }

    private static Moment orElse(@Nullable Moment moment, Moment otherwise) {
        return moment == null ? otherwise : moment;
    }

    /** {@code VmHWM}, which Linux keeps. */
    private static long peakBytes() throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** The file is there whole or not at all. */
    private static void publish(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void listen(InputStream in) {
        try {
            while (in.read() >= 0) {
                measured.countDown();
            }
        } catch (IOException e) {
            // The harness has gone, as at the end of the input.
        }
        Runtime.getRuntime().halt(1);
    }
}
