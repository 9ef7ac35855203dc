package io.weir.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dose.Dose;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fuzz target looks for more than its seeds, led by coverage, for ten minutes or {@code --minutes}. */
@Tag("dose")
class FuzzingTest {
    private static final Duration TIME = Duration.ofMinutes(Math.min(10, Dose.TIME.toMinutes()));

    /** How much longer a process may take, to start and to end. */
    private static final Duration BESIDES = Duration.ofMinutes(5);

    /** How much is shown of what a process says at its end. */
    private static final int MOST_CHARS = 6_000;

    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");

    /** How many edges of the code, and how many inputs led to new ones. */
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: \\d+ corp: (\\d+)/");

    @TempDir
    Path folder;

    /** The names of all classes here that end in FuzzTest. */
    static List<String> targets() throws IOException, URISyntaxException {
        Path classes = Path.of(FuzzingTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("FuzzTest.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    @EnabledIfSystemProperty(
            named = "weir.long",
            matches = "true",
            disabledReason = "takes ten minutes for each target: --long")
    void nothingIsFoundThatATargetDoesNotTake(String target) throws Exception {
        Dose.tell("fuzzing %s for %d minutes".formatted(target, TIME.toMinutes()));
        Path says = folder.resolve("says.txt");
        Process process = FuzzProcess.start(
                target,
                says.toFile(),
                List.of("-max_total_time=" + TIME.toSeconds(), "-seed=" + Dose.SEED, "-print_final_stats=1"));
        try {
            boolean ended = process.waitFor(TIME.plus(BESIDES).toMillis(), TimeUnit.MILLISECONDS);
            String said = Files.readString(says, StandardCharsets.ISO_8859_1);
            String end = said.substring(Math.max(0, said.length() - MOST_CHARS));
            assertThat(ended).as("%s ends in time; it says %s", target, end).isTrue();
            assertThat(process.exitValue()).as("%s says %s", target, end).isZero();
            long executions = Long.parseLong(last(EXECUTIONS, said).group(1));
            MatchResult coverage = last(COVERAGE, said);
            System.out.printf(
                    "fuzzing %s: %,d executions in %s, %s edges, %s inputs kept, seed %d%n",
                    target, executions, TIME, coverage.group(1), coverage.group(2), Dose.SEED);
            assertThat(executions).as("executions of %s", target).isGreaterThan(TIME.toSeconds());
        } finally {
            process.destroyForcibly();
        }
    }

    private static MatchResult last(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(pattern + " is not in what was said: "
                        + text.substring(Math.max(0, text.length() - MOST_CHARS))));
    }
}
