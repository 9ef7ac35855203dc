package io.weir.oracle;

import static io.weir.oracle.EventRow.click;
import static io.weir.oracle.EventRow.payment;
import static io.weir.oracle.EventRow.visit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every record is exactly one of accepted, duplicate, late and rejected. */
class AcceptanceTest {
    private static final OracleSettings GRACE_OF_10_MS = OracleSettings.DEFAULT.withGrace(Duration.ofMillis(10));

    @Test
    void anEventExactlyGraceOldIsNotLate() {
        assertThat(outcomes(seen("a", 100), seen("b", 90), seen("c", 89))).isEqualTo(new Counts(2, 0, 1, Map.of()));
    }

    @Test
    void lateEventsCountInABatchOfAll() {
        List<EventRow> rows = List.of(seen("a", 100), seen("b", 90), seen("c", 89));
        assertThat(Acceptance.ofAll(rows, GRACE_OF_10_MS).accepted()).isEqualTo(rows);
    }

    @Test
    void aSecondCopyIsADuplicateWhileTheFirstIsOpen() {
        assertThat(outcomes(seen("a", 100), seen("b", 110), seen("a", 100))).isEqualTo(new Counts(2, 1, 0, Map.of()));
    }

    @Test
    void aSecondCopyIsLateOnceTheFirstHasSettled() {
        assertThat(outcomes(seen("a", 100), seen("b", 111), seen("a", 100))).isEqualTo(new Counts(2, 0, 1, Map.of()));
    }

    @Test
    void anOpenEventsIdMakesAnOldEventADuplicateNotLate() {
        assertThat(outcomes(seen("a", 100), seen("a", 1))).isEqualTo(new Counts(1, 1, 0, Map.of()));
    }

    @Test
    void theIdOfASettledEventMayComeAgain() {
        assertThat(outcomes(seen("a", 100), seen("b", 111), seen("a", 105))).isEqualTo(new Counts(3, 0, 0, Map.of()));
    }

    @Test
    void aDuplicateDoesNotMoveStreamTime() {
        assertThat(outcomes(seen("a", 100), seen("a", 500), seen("b", 100))).isEqualTo(new Counts(2, 1, 0, Map.of()));
    }

    @Test
    void anIdMayStandForAnEventOfEachTypeAndVisitor() {
        Acceptance acceptance = Acceptance.inArrivalOrder(
                List.of(
                        visit("a", "ann", "mug", null, null, null, 1),
                        visit("a", "bob", "mug", null, null, null, 1),
                        click("a", "ann", "mug", "weibo", null, 0, 1),
                        payment("a", "ann", "mug", 1, 0, 1)),
                GRACE_OF_10_MS);
        assertThat(acceptance.accepted()).hasSize(4);
    }

    @Test
    void anInvalidEventDoesNotMoveStreamTime() {
        EventRow negative = click("c", "ann", "mug", "weibo", null, -1, 1_000);
        Acceptance acceptance = Acceptance.inArrivalOrder(List.of(negative, seen("a", 1)), GRACE_OF_10_MS);
        assertThat(acceptance.counts())
                .containsEntry(EventRow.CLICK, new Counts(0, 0, 0, Map.of("negative_cost", 1L)))
                .containsEntry(EventRow.VISIT, new Counts(1, 0, 0, Map.of()));
    }

    @Test
    void zeroIsAPriceAndBlankIsNotAName() {
        Acceptance acceptance = Acceptance.ofAll(
                List.of(
                        payment("a", "ann", "mug", 1, 0, 1),
                        payment("b", "ann", "mug", 0, 1, 1),
                        payment("c", "ann", "mug", 1, -1, 1),
                        payment("d", " ", "mug", 1, 1, 1),
                        payment(null, "ann", "mug", 1, 1, 1)),
                GRACE_OF_10_MS);
        assertThat(acceptance.counts().get(EventRow.PAYMENT))
                .isEqualTo(new Counts(
                        1,
                        0,
                        0,
                        Map.of(
                                "quantity_below_one", 1L,
                                "negative_amount", 1L,
                                "missing_visitor_id", 1L,
                                "missing_id", 1L)));
    }

    @Test
    void anEventTooFarInTheFutureIsRejected() {
        OracleSettings settings = GRACE_OF_10_MS.withLatestTime(100);
        assertThat(Acceptance.inArrivalOrder(List.of(seen("a", 100), seen("b", 101)), settings)
                        .counts()
                        .get(EventRow.VISIT))
                .isEqualTo(new Counts(1, 0, 0, Map.of("event_time_in_future", 1L)));
    }

    @Test
    void partitionsAddUp() {
        Acceptance one = Acceptance.inArrivalOrder(List.of(seen("a", 100), seen("b", 1)), GRACE_OF_10_MS);
        Acceptance two = Acceptance.inArrivalOrder(List.of(seen("c", 1)), GRACE_OF_10_MS);
        assertThat(one.plus(two).accepted()).containsExactly(seen("a", 100), seen("c", 1));
        assertThat(one.plus(two).counts()).containsEntry(EventRow.VISIT, new Counts(2, 0, 1, Map.of()));
    }

    @Test
    void lateAndRejectedRowsAreNamedAsTheyCame() {
        EventRow nameless = visit(" ", "ann", " ", null, null, null, 100);
        EventRow late = visit("b", "ann", "mug", " ", null, null, 1);
        Acceptance judged = Acceptance.inArrivalOrder(List.of(seen("a", 100), nameless, late), GRACE_OF_10_MS);
        assertThat(judged.late()).containsExactly(late);
        assertThat(judged.rejected()).containsExactly(nameless);
    }

    private static EventRow seen(String id, long timeMs) {
        return visit(id, "ann", "mug", null, null, null, timeMs);
    }

    private static Counts outcomes(EventRow... visits) {
        return Acceptance.inArrivalOrder(List.of(visits), GRACE_OF_10_MS)
                .counts()
                .get(EventRow.VISIT);
    }
}
