package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.oracle.BruteForce;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules on their very limits, judged by the literal reading, and what a journey keeps beyond them. */
class JourneyEdgesTest {
    private static final long TEN = 1_767_225_600_000L;
    private static final long MINUTE_MS = 60_000;
    private static final OracleSettings SETTINGS = OracleSettings.DEFAULT;
    private static final long LANDING_MS = SETTINGS.landingWindow().toMillis();
    private static final long ATTRIBUTION_MS = SETTINGS.attributionWindow().toMillis();
    private static final long[] BESIDE = {-1, 0, 1};

    private static void assertAsRead(EventRow... inOrder) {
        DomainFold fold = new DomainFold(SETTINGS);
        fold.takeAll(List.of(inOrder));
        assertThat(fold.windowsCsv()).isEqualTo(BruteForce.windowsOf(List.of(inOrder), SETTINGS));
    }

    private static EventRow click(long timeMs) {
        return EventRow.click("c", "ann", "mug", "ads", "spring", 1, timeMs);
    }

    private static EventRow payment(String productId, long timeMs) {
        return EventRow.payment("p", "ann", productId, 1, 5, timeMs);
    }

    @Test
    void aClickIsTooOldForAVisitFromTheLandingWindowOn() {
        for (long beside : BESIDE) {
            long visitMs = TEN + LANDING_MS + beside;
            assertAsRead(click(TEN), EventRow.visit("v", "ann", "mug", null, null, null, visitMs));
            assertAsRead(click(TEN), EventRow.visit("v", "ann", "pot", null, null, "c", visitMs));
            assertAsRead(click(TEN), EventRow.visit("v", "ann", "pot", "mail", null, "c", visitMs));
        }
    }

    @Test
    void aTouchIsTooOldForAPaymentFromTheAttributionWindowOn() {
        for (long beside : BESIDE) {
            long paidMs = TEN + ATTRIBUTION_MS + beside;
            EventRow direct = EventRow.visit("v", "ann", "mug", null, null, null, TEN);
            EventRow laterOnAnother = EventRow.visit("w", "ann", "pot", null, null, null, TEN + MINUTE_MS);
            assertAsRead(click(TEN), payment("mug", paidMs));
            assertAsRead(click(TEN), payment("pot", paidMs));
            assertAsRead(direct, payment("mug", paidMs));
            assertAsRead(direct, payment("pot", paidMs));
            assertAsRead(direct, laterOnAnother, payment("mug", paidMs));
        }
    }

    @Test
    void aDuplicateIsFoundAmongFewOpenEventsAndAmongMany() {
        Windowing windowing = new Windowing(EnumSet.allOf(WindowSize.class), ZoneId.of("UTC"));
        Journey journey = new Journey(new Rules(MINUTE_MS, LANDING_MS, ATTRIBUTION_MS), windowing);
        for (int i = 0; i < 100; i++) {
            long streamTimeMs = TEN + i * 1_000L;
            Visit visit = new Visit("v" + i, "ann", "mug", "mail", null, null, streamTimeMs);
            assertThat(journey.assess(visit, streamTimeMs)).isEqualTo(Outcome.ACCEPTED);
            journey.accept(visit, Contributions.NOWHERE);
            assertThat(journey.assess(visit, streamTimeMs)).isEqualTo(Outcome.DUPLICATE);
            int oldestOpen = Math.max(0, i - 60);
            assertThat(journey.openEvents()).isEqualTo(i - oldestOpen + 1);
            assertThat(journey.assess(at("v" + oldestOpen, streamTimeMs), streamTimeMs))
                    .isEqualTo(Outcome.DUPLICATE);
            assertThat(journey.assess(at("v" + (oldestOpen - 1), streamTimeMs), streamTimeMs))
                    .isEqualTo(Outcome.ACCEPTED);
        }
    }

    private static Visit at(String id, long timeMs) {
        return new Visit(id, "ann", "mug", "mail", null, null, timeMs);
    }

    @Test
    void whatNoEventCanNeedAnyMoreIsForgotten() {
        Windowing windowing = new Windowing(EnumSet.allOf(WindowSize.class), ZoneId.of("UTC"));
        Rules rules = new Rules(MINUTE_MS, LANDING_MS, ATTRIBUTION_MS);
        Journey journey = new Journey(rules, windowing);
        int empty = journey.toBytes().length;
        for (int i = 0; i < 20; i++) {
            journey.accept(
                    new Click("c" + i, "ann", "product" + i, "ads" + i, "k" + i, 1, TEN + i), Contributions.NOWHERE);
            journey.accept(new Visit("v" + i, "ann", "product" + i, null, null, null, TEN + i), Contributions.NOWHERE);
        }
        int withClicks = storedAt(journey, TEN + MINUTE_MS + 20);
        assertThat(journey.rememberedClicks()).isEqualTo(20);
        storedAt(journey, TEN + MINUTE_MS + LANDING_MS + 18);
        assertThat(journey.rememberedClicks()).isEqualTo(1);
        int withTouches = storedAt(journey, TEN + MINUTE_MS + LANDING_MS + 19);
        assertThat(journey.rememberedClicks()).isZero();
        assertThat(withTouches).isLessThan(withClicks);
        int withProducts = storedAt(journey, TEN + MINUTE_MS + ATTRIBUTION_MS - 1);
        assertThat(withProducts).isLessThan(withTouches);
        assertThat(storedAt(journey, TEN + MINUTE_MS + ATTRIBUTION_MS + 20)).isLessThan(empty + 10);
    }

    private static int storedAt(Journey journey, long streamTimeMs) {
        journey.settle(streamTimeMs);
        return journey.toBytes().length;
    }

    @Test
    void minutesBetweenAreCalendarMinutesWithinADay() {
        long day = 24 * 60;
        assertThat(Windowing.minutesBetween(LastSeen.NEVER, TEN)).isZero();
        assertThat(Windowing.minutesBetween(TEN, TEN + MINUTE_MS - 1)).isZero();
        assertThat(Windowing.minutesBetween(TEN - 1, TEN)).isEqualTo(1);
        assertThat(Windowing.minutesBetween(TEN, TEN + day * MINUTE_MS - 1)).isEqualTo((int) day - 1);
        assertThat(Windowing.minutesBetween(TEN, TEN + day * MINUTE_MS)).isZero();
        assertThat(Windowing.minutesBetween(TEN, TEN + (day + 1) * MINUTE_MS)).isZero();
        assertThat(Windowing.dayBefore(TEN)).isEqualTo(TEN - (day + 1) * MINUTE_MS);
    }

    @Test
    void aTallyIsReadAsItWasStored() {
        Tally tally = new Tally();
        for (Measure measure : Measure.values()) {
            tally.add(measure, 1L << measure.ordinal());
        }
        tally.seenBefore().addVisitor(3, true, 1);
        BinaryWriter out = new BinaryWriter();
        tally.write(out);
        Tally read = Tally.read(new BinaryReader(out.toByteArray()));
        assertThat(read.toMeasures()).isEqualTo(tally.toMeasures()).hasSameHashCodeAs(tally.toMeasures());
        assertThat(read.seenBefore().newVisitorsOfDay()).isEqualTo(1);
        assertThat(read.get(Measure.VISITS)).isEqualTo(1L << Measure.VISITS.ordinal());
    }
}
