package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.system.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that the image starts, run as it stands, with a {@code java} that only says how it was called. */
class EntryPointTest {
    private static final Path ENTRY_POINT =
            Path.of(System.getProperty("weir.root", "..")).resolve("docker/entrypoint.sh");

    /** Says the state folder and the arguments, and runs until its standard input ends. */
    private static final String TELLING_JAVA = """
            #!/bin/sh
            echo "state $WEIR_STATE_DIR"
            echo "$@"
            cat >/dev/null
            """;

    @TempDir
    Path folder;

    private final Deque<Process> started = new ArrayDeque<>();
    private Path volume;

    @BeforeEach
    void lay() throws IOException {
        Programs.require("flock", "util-linux");
        volume = Files.createDirectories(folder.resolve("volume"));
        Path java =
                Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("java"), TELLING_JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder command =
                new ProcessBuilder(Stream.concat(Stream.of("/bin/sh", script.toString()), Stream.of(arguments))
                        .toList());
        command.environment().put("WEIR_STATE_DIR", volume.toString());
        command.environment().put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        command.environment().putAll(environment);
        Process process = command.redirectErrorStream(true).start();
        started.push(process);
        return process;
    }

    private Process start(String... arguments) throws IOException {
        return start(ENTRY_POINT, Map.of(), arguments);
    }

    private Path stateOf(Process process) throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).startsWith("state ");
        return volume.relativize(Path.of(line.substring("state ".length())));
    }

    private static void end(Process process) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        await().until(() -> !process.isAlive());
    }

    @Test
    void instancesThatShareAVolumeHaveAFolderEachAndTakeItUpAgain() throws IOException {
        Process first = start("run");
        assertThat(stateOf(first)).hasToString("1");
        Process second = start("run");
        assertThat(stateOf(second)).hasToString("2");
        Process third = start("run");
        assertThat(stateOf(third)).hasToString("3");

        end(second);
        assertThat(stateOf(start("run"))).hasToString("2");
        first.destroyForcibly();
        await().until(() -> !first.isAlive());
        assertThat(stateOf(start("run"))).hasToString("1");
    }

    @Test
    void commandsWithoutStateTakeNoFolder() throws IOException {
        assertThat(stateOf(start("topology"))).hasToString("");
        assertThat(volume).isEmptyDirectory();
    }

    @Test
    void furtherOptionsForTheJvmComeAfterTheImagesOwn() throws IOException {
        Process weir = start(ENTRY_POINT, Map.of("WEIR_JAVA_OPTS", "-Xmx3g -Dx=y"), "run", "--set", "grace=PT1M");
        stateOf(weir);
        assertThat(weir.inputReader(StandardCharsets.UTF_8).readLine())
                .contains("-XX:MaxRAMPercentage=50 ", " -XX:+ExitOnOutOfMemoryError ")
                .endsWith(" -Xmx3g -Dx=y -cp /opt/weir/weir.jar io.weir.app.Main run --set grace=PT1M");
    }

    @Test
    void itStartsWeir() throws IOException, InterruptedException {
        Files.delete(folder.resolve("bin/java"));
        Path script = Files.writeString(
                folder.resolve("entrypoint.sh"),
                Files.readString(ENTRY_POINT)
                        .replace("/opt/weir/weir.jar", System.getProperty("java.class.path"))
                        .replace("exec java ", "exec " + System.getProperty("java.home") + "/bin/java "));
        Process weir = start(script, Map.of("WEIR_JAVA_OPTS", "-XX:TieredStopAtLevel=1"), "--version");
        List<String> said = weir.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(weir.waitFor()).isZero();
        assertThat(said).anySatisfy(line -> assertThat(line).startsWith("Weir "));
    }
}
