package io.weir.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The demo's own traffic; {@link DemoTrial} runs the same for many seeds by hand. */
class DemoIncidentTest {
    private static final double RATE = 400;

    @Test
    void thePlantedIncidentIsNoticedWithinAMinuteEndsWithItAndNothingElseIsRaised() {
        for (long seed = 1; seed <= 2; seed++) {
            DemoTrial trial = new DemoTrial(
                    DemoTrial.demo(seed, RATE, 4), DemoTrial.INCIDENT_AFTER_MS + DemoTrial.INCIDENT_FOR_MS + 180_000);
            long endMs = DemoTrial.INCIDENT_AFTER_MS + DemoTrial.INCIDENT_FOR_MS;
            assertThat(trial.raisedAfterMs() - DemoTrial.INCIDENT_AFTER_MS)
                    .as("seed %s", seed)
                    .isBetween(10_000L, 60_000L);
            assertThat(trial.clearedAfterMs()).as("seed %s", seed).isBetween(endMs, endMs + 120_000);
            assertThat(trial.flapped()).as("seed %s", seed).isFalse();
            assertThat(trial.others()).as("seed %s", seed).isEmpty();
        }
    }
}
