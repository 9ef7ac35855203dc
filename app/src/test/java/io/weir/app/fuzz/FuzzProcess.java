package io.weir.app.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Lets Jazzer look for inputs to one target, in a process of its own: a JVM takes one target. */
final class FuzzProcess {
    private static final int LINES_OF_A_FAILURE = 30;

    private FuzzProcess() {}

    /**
     * Starts it, in this module's folder, where it keeps what it has learned and what it finds.
     *
     * @param target the name of a class
     * @param says gets all that it says
     * @param options of libFuzzer, which Jazzer passes on
     */
    static Process start(String target, File says, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                FuzzProcess.class.getName(),
                target));
        command.addAll(options);
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(says);
        process.environment().put("JAZZER_FUZZ", "1");
        return process.start();
    }

    /** Exit status 0: nothing was found. */
    public static void main(String[] arguments) {
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(arguments[0]));
        for (int i = 0; i < arguments.length; i++) {
            request.configurationParameter("jazzer.internal.arg." + i, arguments[i]);
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.err, true, StandardCharsets.UTF_8), LINES_OF_A_FAILURE);
        System.exit(summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0 ? 0 : 1);
    }
}
