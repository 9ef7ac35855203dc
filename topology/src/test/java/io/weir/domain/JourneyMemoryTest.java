package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What a journey takes with it into its stored form, and how much. */
class JourneyMemoryTest {
    private static final long TEN = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final Rules RULES = new Rules(600_000, 30 * 60_000, 7 * 24 * HOUR_MS);
    private static final Windowing WINDOWING = new Windowing(EnumSet.allOf(WindowSize.class), ZoneId.of("UTC"));

    private final Journey journey = new Journey(RULES, WINDOWING);

    private static Click click(String id, long timeMs) {
        return new Click(id, "ann", "mug", "ads", null, 1, timeMs);
    }

    private void take(Event event, long streamTimeMs) {
        assertThat(journey.assess(event, streamTimeMs)).isEqualTo(Outcome.ACCEPTED);
        journey.accept(event, Contributions.NOWHERE);
    }

    @Test
    void theLastTimeIsKnownWithoutReadingTheRest() {
        assertThat(journey.lastTimeMs()).isEqualTo(Long.MIN_VALUE);
        take(click("c2", TEN + 5), TEN);
        take(click("c1", TEN), TEN + 5);
        assertThat(journey.lastTimeMs()).isEqualTo(TEN + 5);
        assertThat(Journey.lastTimeMs(journey.toBytes())).isEqualTo(TEN + 5);
        Journey read = Journey.fromBytes("ann", journey.toBytes(), RULES, WINDOWING);
        assertThat(read.lastTimeMs()).isEqualTo(TEN + 5);
        assertThat(read.openEvents()).isEqualTo(2);
        assertThat(read.sizeBound()).isEqualTo(journey.toBytes().length);
    }

    @Test
    void aJourneyOfAnotherFormatIsRefused() {
        byte[] bytes = journey.toBytes();
        bytes[0]++;
        assertThatThrownBy(() -> Journey.lastTimeMs(bytes)).hasMessageContaining("stored in format 3");
        assertThatThrownBy(() -> Journey.fromBytes("ann", bytes, RULES, WINDOWING))
                .hasMessageContaining("this version reads format 2");
    }

    @Test
    void anEventSettlesWhenStreamTimeHasPassedItByMoreThanGrace() {
        take(click("c1", TEN), TEN);
        journey.settle(TEN + 600_000);
        assertThat(journey.openEvents()).isEqualTo(1);
        assertThat(journey.assess(click("c2", TEN), TEN + 600_000)).isEqualTo(Outcome.ACCEPTED);
        assertThat(journey.assess(click("c1", TEN), TEN + 600_000)).isEqualTo(Outcome.DUPLICATE);
        assertThat(journey.assess(click("c1", TEN), TEN + 600_001)).isEqualTo(Outcome.LATE);
        assertThat(journey.openEvents()).isZero();
    }

    @Test
    void aJourneyIsRememberedForGraceAndTheLongestOfItsWindows() {
        assertThat(Journey.memoryMs(RULES))
                .isEqualTo(Duration.ofDays(7).plusMinutes(10).toMillis());
        assertThat(Journey.memoryMs(new Rules(1, 2, 3)))
                .isEqualTo(Duration.ofHours(26).toMillis() + 1);
        assertThat(Journey.memoryMs(new Rules(1, 27 * HOUR_MS, 3))).isEqualTo(27 * HOUR_MS + 1);
    }

    @Test
    void thereIsRoomForAnEventAsLongAsTheStoredJourneyStaysWithinItsBound() {
        Click next = click("c", TEN);
        int most = journey.sizeBound();
        assertThat(most).isZero();
        take(click("c", TEN), TEN);
        int one = journey.sizeBound();
        Journey empty = new Journey(RULES, WINDOWING);
        assertThat(empty.hasRoomFor(next, one)).isTrue();
        assertThat(empty.hasRoomFor(next, one - 1)).isFalse();
        for (Event event : new Event[] {
            new Click("c".repeat(50), "ann", "m".repeat(50), "s".repeat(50), "k".repeat(50), 1, TEN + 1),
            new Visit("v".repeat(50), "ann", "m".repeat(51), "t".repeat(50), "l".repeat(50), "d".repeat(50), TEN + 2),
            new Payment("p".repeat(50), "o".repeat(50), "ann", "m".repeat(52), 1L << 50, 1L << 50, TEN + 3)
        }) {
            int before = journey.sizeBound();
            take(event, TEN);
            assertThat(journey.sizeBound() - before).isBetween(64 + 150, 64 + 800);
        }
        int bound = journey.sizeBound();
        assertThat(journey.toBytes().length).isLessThanOrEqualTo(bound);
    }

    @Test
    void aFullJourneyIsMeasuredAnewOnceItsEventsHaveSettled() {
        for (int i = 0; i < 50; i++) {
            take(new Visit("visit number " + i, "ann", "mug", "mail", null, null, TEN + i), TEN + i);
        }
        int bytes = journey.toBytes().length;
        Click next = click("c", TEN + HOUR_MS);
        assertThat(journey.hasRoomFor(next, bytes)).isFalse();
        assertThat(journey.assess(next, TEN + HOUR_MS)).isEqualTo(Outcome.ACCEPTED);
        assertThat(journey.hasRoomFor(next, bytes)).isTrue();
    }

    @Test
    void rulesWithoutSenseAreRefused() {
        assertThat(new Rules(0, 1, 1).graceMs()).isZero();
        assertThatThrownBy(() -> new Rules(-1, 1, 1)).hasMessageContaining("grace must not be negative");
        assertThatThrownBy(() -> new Rules(0, 0, 1)).hasMessageContaining("the windows must be positive");
        assertThatThrownBy(() -> new Rules(0, 1, 0)).hasMessageContaining("the windows must be positive");
        assertThatThrownBy(() -> new Windowing(EnumSet.noneOf(WindowSize.class), ZoneId.of("UTC")))
                .hasMessageContaining("at least one window size");
    }
}
