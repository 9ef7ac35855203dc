package io.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole way with a few events: a broker, engines in JVMs of their own, the oracle, the reports. */
class RaceTest {
    private static final int EVENTS = 3_000;

    @Test
    void ourEnginesHaveTheResultsOfTheBatchOracleAndOneWithAWrongResultIsVoid() throws Exception {
        List<String> progress = new ArrayList<>();
        List<Engine> engines = Stream.of("consume", "decode", "cost", "weir", OneTooMany.class.getName())
                .map(Engines::of)
                .toList();
        Race.Settings settings = new Race.Settings(
                new Workload(EVENTS, 500, 20, 0.9, 20, 7, 2), 1, 0, 0, 1, "256m", Duration.ofMinutes(5));

        RaceResult race = new Race(settings, engines, progress::add).run();

        assertThat(race.standings())
                .as("progress: %s", progress)
                .extracting(Standing::engine)
                .containsExactly("consume", "decode", "cost", "weir", OneTooMany.class.getName());
        assertThat(race.standings().get(4).fault()).matches("expected 1d,.*, found 1d,.*");
        assertThat(race.isValid()).isFalse();
        assertThat(race.standings().subList(0, 4)).allSatisfy(standing -> {
            assertThat(standing.fault()).as(standing.engine()).isNull();
            assertThat(standing.rounds()).hasSize(1);
            assertThat(standing.rounds().get(0).cpuMicros()).isPositive();
            assertThat(standing.rounds().get(0).cpuMicrosWithStart())
                    .isGreaterThan(standing.rounds().get(0).cpuMicros());
        });
        assertThat(race.standings().get(3).isChecked()).isTrue();
        assertThat(race.standings().get(3).rounds().get(0).writtenBytes()).isPositive();
        assertThat(race.standings().get(0).rounds().get(0).writtenBytes()).isZero();
        assertThat(TextReport.of(race)).contains("3,000 events", "1.00", "equal", "VOID");
        assertThat(Json.MAPPER
                        .readTree(Json.MAPPER.writeValueAsBytes(race))
                        .at("/standings/3/engine")
                        .asText())
                .isEqualTo("weir");
    }
}
