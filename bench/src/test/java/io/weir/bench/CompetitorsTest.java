package io.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The engines that Weir is raced against do the same job: each in a JVM of its own, judged by the batch oracle. Flink with RocksDB fails its
 * checkpoints in a race of seconds where the module was never packaged; it is judged in every longer race.
 */
class CompetitorsTest {

    @Test
    void everyCompetitorHasTheResultsThatItClaims() throws Exception {
        List<String> progress = new ArrayList<>();
        List<Engine> engines =
                Stream.of("flink-heap", "streams-dsl", "jet").map(Engines::of).toList();
        Race.Settings settings = new Race.Settings(
                new Workload(3_000, 500, 20, 0.9, 20, 11, 2), 1, 0, 0, 2, "512m", Duration.ofMinutes(5));

        RaceResult race = new Race(settings, engines, progress::add).run();

        assertThat(race.standings()).as("progress: %s", progress).allSatisfy(standing -> {
            assertThat(standing.fault()).as(standing.engine()).isNull();
            assertThat(standing.isChecked()).as(standing.engine()).isTrue();
        });
    }
}
