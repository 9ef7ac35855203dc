package io.weir.app.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a long piece of work has come: units done of all, rate, time left, and how far the results are behind
 * what has been published. On a terminal one line is drawn again and again, elsewhere a line is added every few seconds;
 * a phase of the work that ends says so in a line of its own.
 *
 * <p>One thread works and reports, another draws.
 */
public final class Progress implements AutoCloseable {
    private static final long TERMINAL_INTERVAL_MS = 250;
    private static final long PLAIN_INTERVAL_MS = 5_000;
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal;
    private final WallClock clock;
    private final LongSupplier processed;
    private final @Nullable ScheduledExecutorService drawer;

    private volatile Phase phase = Phase.NONE;
    private volatile long done = 0;
    private volatile double fraction = 0;
    private volatile long published = 0;

    /**
     * One kind of work.
     *
     * @param pastTense as in "read", for the line at the end
     * @param estimated whether the total is only known by the size of the files
     * @param byPipeline whether the pipeline does it, and not who reports
     */
    private record Phase(
            String name, String pastTense, String unit, boolean estimated, boolean byPipeline, long startedMs) {
        static final Phase NONE = new Phase("", "", "", false, false, 0);
    }

    Progress(
            PrintStream out,
            boolean terminal,
            WallClock clock,
            LongSupplier processed,
            @Nullable ScheduledExecutorService drawer) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.processed = processed;
        this.drawer = drawer;
    }

    /**
     * On standard error, drawn by a daemon thread until {@link #close}.
     *
     * @param processed events that the pipeline has processed so far; called by the drawing thread
     */
    public static Progress onStandardError(LongSupplier processed) {
        boolean terminal = standardErrorIsTerminal();
        ScheduledExecutorService drawer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "replay-progress");
            thread.setDaemon(true);
            return thread;
        });
        PrintStream out = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Progress progress = new Progress(out, terminal, WallClock.SYSTEM, processed, drawer);
        long intervalMs = terminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS;
        drawer.scheduleAtFixedRate(progress::draw, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
        return progress;
    }

    /** Says nothing, for callers that nobody watches. */
    public static Progress silent() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Progress(nowhere, false, WallClock.SYSTEM, () -> 0, null);
    }

    /** Java knows only whether input and output both are a terminal; Linux names what standard error is. */
    private static boolean standardErrorIsTerminal() {
        Path descriptor = Path.of("/proc/self/fd/2");
        try {
            if (Files.isSymbolicLink(descriptor)) {
                String target = Files.readSymbolicLink(descriptor).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException | SecurityException e) {
            // The question below is the next best.
        }
        return System.console() != null;
    }

    /** Files are being read; the total is an estimate by their size. */
    void beginReading() {
        begin("reading", "read", "rows", true, false);
    }

    /** Rows are being published as they are read; the total is an estimate by the size of the files. */
    void beginPublishingRows() {
        begin("publishing", "published", "rows", true, false);
    }

    /** Events that have been counted are being published. */
    void beginPublishingEvents() {
        begin("publishing", "published", "events", false, false);
    }

    /**
     * Everything is published: from now on the work is the pipeline's, and done when it has processed as many events.
     * To be called before waiting for the results.
     */
    public void awaitResults() {
        begin("computing", "computed", "events", false, true);
    }

    private synchronized void begin(String name, String pastTense, String unit, boolean estimated, boolean byPipeline) {
        endPhase();
        done = 0;
        fraction = 0;
        phase = new Phase(name, pastTense, unit, estimated, byPipeline, clock.nowMs());
    }

    /**
     * How far the phase is.
     *
     * @param unitsDone rows or events
     * @param fractionDone of all, from 0 to 1
     * @param eventsPublished in this replay
     */
    void update(long unitsDone, double fractionDone, long eventsPublished) {
        done = unitsDone;
        fraction = fractionDone;
        published = eventsPublished;
    }

    /** Draws the line as it is now. */
    synchronized void draw() {
        Phase current = phase;
        if (current == Phase.NONE) {
            return;
        }
        String line = line(current);
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private String line(Phase current) {
        long behind = Math.max(0, published - processed.getAsLong());
        long units = current.byPipeline() ? published - behind : done;
        double part = current.byPipeline() ? (published == 0 ? 1 : (double) units / published) : fraction;
        double seconds = Math.max(1, clock.nowMs() - current.startedMs()) / 1000.0;

        StringBuilder line = new StringBuilder(current.name()).append(' ').append(count(units));
        if (part > 0) {
            String about = current.estimated() && part < 1 ? "about " : "";
            line.append(" of ").append(about).append(count(Math.round(units / part)));
        }
        line.append(' ').append(current.unit()).append(String.format(Locale.ROOT, " (%.0f %%)", part * 100));
        line.append(", ").append(count(Math.round(units / seconds))).append("/s");
        if (part > 0 && part < 1) {
            line.append(", ").append(duration(seconds / part - seconds)).append(" left");
        }
        if (published > 0) {
            line.append(", results ").append(count(behind)).append(" events behind");
        }
        return line.toString();
    }

    private void endPhase() {
        Phase current = phase;
        if (current == Phase.NONE) {
            return;
        }
        long units = current.byPipeline() ? published : done;
        double seconds = Math.max(1, clock.nowMs() - current.startedMs()) / 1000.0;
        out.println((terminal ? CLEAR_LINE : "") + current.pastTense() + " " + count(units) + " " + current.unit()
                + " in " + duration(seconds) + " (" + count(Math.round(units / seconds)) + "/s)");
        phase = Phase.NONE;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** Ends the last phase and stops drawing. */
    @Override
    public synchronized void close() {
        endPhase();
        if (drawer != null) {
            drawer.shutdownNow();
        }
        out.flush();
    }
}
