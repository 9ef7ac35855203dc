package io.weir.app.metrics;

import io.weir.app.system.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus's own checker, where the machine has it. */
final class Promtool {
    private static final long TIMEOUT_SECONDS = 60;

    record Answer(int status, String text) {}

    private Promtool() {}

    /** Runs it on this input; skips the test where it is not installed. */
    static Answer run(Path folder, byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Programs.require("promtool", "prometheus").toString());
        command.addAll(List.of(arguments));
        Path in = Files.write(folder.resolve("promtool.in"), input);
        Path out = folder.resolve("promtool.out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("promtool did not end within " + TIMEOUT_SECONDS + " s");
        }
        return new Answer(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }
}
