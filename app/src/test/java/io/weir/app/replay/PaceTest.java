package io.weir.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long EVENT_MS = Instant.parse("2025-06-01T00:00:00Z").toEpochMilli();

    private final FakeClock clock = new FakeClock(START_MS);

    @Test
    void inRealTimeEventsKeepTheirDistance() throws InterruptedException {
        Pace pace = new Pace(Speed.REALTIME, clock);

        pace.await(EVENT_MS);
        pace.await(EVENT_MS + 1_500);
        pace.await(EVENT_MS + 1_500);
        pace.await(EVENT_MS + 2_000);

        assertThat(clock.sleepsMs).containsExactly(1_500L, 500L);
    }

    @Test
    void aFactorShortensTheDistance() throws InterruptedException {
        Pace pace = new Pace(Speed.parse("60x"), clock);

        pace.await(EVENT_MS);
        pace.await(EVENT_MS + 60_000);
        pace.await(EVENT_MS + 60_000 + 90_000);

        assertThat(clock.sleepsMs).containsExactly(1_000L, 1_500L);
    }

    @Test
    void workThatTakesTimeIsNotWaitedForTwice() throws InterruptedException {
        Pace pace = new Pace(Speed.REALTIME, clock);

        pace.await(EVENT_MS);
        clock.nowMs += 700;
        pace.await(EVENT_MS + 1_000);
        clock.nowMs += 5_000;
        pace.await(EVENT_MS + 2_000);

        assertThat(clock.sleepsMs).containsExactly(300L);
    }

    @Test
    void atFullSpeedNothingWaits() throws InterruptedException {
        Pace pace = new Pace(Speed.MAX, clock);

        pace.await(EVENT_MS);
        pace.await(EVENT_MS + 86_400_000);

        assertThat(clock.sleepsMs).isEmpty();
    }

    @Test
    void olderEventsFollowAtOnce() throws InterruptedException {
        Pace pace = new Pace(Speed.REALTIME, clock);

        pace.await(EVENT_MS);
        pace.await(EVENT_MS - 86_400_000);
        pace.await(EVENT_MS + 10);

        assertThat(clock.sleepsMs).containsExactly(10L);
    }

    @Test
    void timesThatCannotBeNeitherWaitNorSetThePace() throws InterruptedException {
        Pace pace = new Pace(Speed.REALTIME, clock);

        pace.await(Long.MIN_VALUE);
        pace.await(-1);
        pace.await(EVENT_MS);
        pace.await(Long.MAX_VALUE);
        pace.await(START_MS + 60_000);
        pace.await(EVENT_MS + 10);

        assertThat(clock.sleepsMs).containsExactly(10L);
    }

    @Test
    void speedsAreReadFromTheirNames() {
        assertThat(Speed.parse("max")).isEqualTo(Speed.MAX);
        assertThat(Speed.parse("Realtime")).isEqualTo(Speed.REALTIME);
        assertThat(Speed.parse("60x").factor()).isEqualTo(60);
        assertThat(Speed.parse("0.5x").factor()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "60", "0x", "-2x", "x", "1e999x", "NaNx"})
    void whatIsNoSpeedIsRefusedWithWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Speed.parse(text))
                .withMessage("'" + text + "' is no speed: give max, realtime, or a factor above zero like 60x");
    }
}
