package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dose.Dose;
import io.weir.oracle.BatchOracle;
import io.weir.topology.CrashPoints.Place;
import io.weir.topology.SimulatedStory.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The two processors, simulated: see {@link Simulation}. System property {@code weir.seed} plays that seed alone. With
 * {@code weir.long} 100,000 are played, or as many as {@code weir.long.minutes} allow, from {@code weir.seed} on.
 */
class SimulatorTest {
    private static final long FROM = Long.getLong("weir.seed", 0);
    private static final boolean ALONE = !Dose.LONG && System.getProperty("weir.seed") != null;

    /** One of so many seeds is judged by the batch oracle too. */
    private static final int JUDGED_TWICE = 10;

    private final Map<Place, Integer> crashes = new EnumMap<>(Place.class);
    private final Map<Guarantee, Integer> guarantees = new EnumMap<>(Guarantee.class);
    private final List<Simulation> toJudge = new ArrayList<>();

    @Test
    @Tag("dose")
    void everySeedComesOutAsTheRulesSay() {
        long begun = System.nanoTime();
        long seed = FROM;
        Dose dose = Dose.of("the simulator", ALONE ? 1 : 1_000, 100_000);
        while (dose.again()) {
            play(seed++);
        }
        judgeByBatchOracle();
        System.out.printf(
                "%,d seeds in %d s: %s, crashes %s%n",
                seed - FROM, Duration.ofNanos(System.nanoTime() - begun).toSeconds(), guarantees, crashes);
        if (!ALONE) {
            assertThat(crashes.keySet()).as("places of crashes").containsExactly(Place.values());
            assertThat(guarantees.keySet()).containsExactly(Guarantee.values());
        }
    }

    private void play(long seed) {
        Simulation played = Simulation.play(seed);
        played.crashes().forEach((place, n) -> crashes.merge(place, n, Integer::sum));
        Guarantee guarantee = played.story().guarantee();
        guarantees.merge(guarantee, 1, Integer::sum);
        if (guarantee != Guarantee.AT_LEAST_ONCE && (seed % JUDGED_TWICE == 0 || ALONE)) {
            toJudge.add(played);
        }
        if (toJudge.size() == 500) {
            judgeByBatchOracle();
        }
    }

    private void judgeByBatchOracle() {
        List<List<String>> expected = BatchOracle.windowsCsvOfEach(toJudge.stream()
                .map(played -> new BatchOracle.Story(
                        played.verdict().judged().accepted(), played.story().settings()))
                .toList());
        for (int i = 0; i < toJudge.size(); i++) {
            Simulation played = toJudge.get(i);
            assertThat(played.verdict().windowsCsv())
                    .as(() -> Simulation.replay(played.story().seed()))
                    .isEqualTo(expected.get(i));
        }
        toJudge.clear();
    }

    @Test
    void aSeedAlwaysPlaysTheSame() {
        for (long seed = 0; seed < 10; seed++) {
            assertThat(Simulation.replay(seed)).isEqualTo(Simulation.replay(seed));
        }
    }
}
