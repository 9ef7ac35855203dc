package io.weir.app.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * An {@link EmbeddedBroker} in a JVM of its own. It ends when this process closes it, or when this process ends in
 * whatever way: it reads its standard input and stops at the end of it.
 */
public final class BrokerProcess implements AutoCloseable {
    /** The broker's process ended before it was ready. */
    public static final class DidNotStartException extends IOException {
        private static final long serialVersionUID = 1;

        DidNotStartException() {
            super("the embedded broker ended before it was ready; what it said stands above");
        }
    }

    private static final String READY = "weir-broker ";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker that keeps its data in {@code folder} and waits until it is ready.
     *
     * @throws DidNotStartException if it does not start; what it says goes to standard error
     */
    public static BrokerProcess start(Path folder) throws IOException {
        return launch(List.of(folder.toString()));
    }

    /** The same on a given port, for clients that reach it through another. */
    public static BrokerProcess start(Path folder, int port, int advertisedPort) throws IOException {
        return launch(List.of(folder.toString(), Integer.toString(port), Integer.toString(advertisedPort)));
    }

    private static BrokerProcess launch(List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(command(arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new BrokerProcess(process, line.substring(READY.length()));
            }
        }
        throw new DidNotStartException();
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=io/weir/app/broker/logback-broker.xml",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName()));
        command.addAll(arguments);
        return command;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The broker's process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends the broker, by force if it does not stop within some seconds. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The broker's own process: started by {@link #start}, with the data folder and the ports, if any, as arguments. */
    public static void main(String[] arguments) {
        // Ctrl-C reaches both processes; the broker must be there until the other has committed its work.
        for (String signal : List.of("INT", "TERM", "HUP")) {
            Signal.handle(new Signal(signal), SignalHandler.SIG_IGN);
        }
        try {
            serve(arguments);
        } catch (IOException | RuntimeException e) {
            // Threads of a broker that did not start would keep the process, and whoever waits for it.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (EmbeddedBroker broker = arguments.length == 1
                ? EmbeddedBroker.start(folder)
                : EmbeddedBroker.start(folder, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))) {
            System.out.println(READY + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // Only its end is of interest.
            }
        }
    }
}
