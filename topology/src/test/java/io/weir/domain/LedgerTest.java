package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static Ledger ledger() {
        Ledger ledger = new Ledger();
        ledger.count(EventType.CLICK, Outcome.ACCEPTED);
        ledger.count(EventType.CLICK, Outcome.DUPLICATE);
        ledger.count(EventType.VISIT, Outcome.LATE);
        ledger.add(EventType.PAYMENT, Outcome.ACCEPTED, 5);
        ledger.countRejected(EventType.CLICK, Rejection.MISSING_ID);
        ledger.addRejected(EventType.CLICK, Rejection.NEGATIVE_COST, 3);
        return ledger;
    }

    private static void assertIsTimes(Ledger ledger, long times) {
        assertThat(ledger.read(EventType.CLICK)).isEqualTo(6 * times);
        assertThat(ledger.read(EventType.VISIT)).isEqualTo(times);
        assertThat(ledger.read(EventType.PAYMENT)).isEqualTo(5 * times);
        assertThat(ledger.read()).isEqualTo(12 * times);
        assertThat(ledger.get(EventType.CLICK, Outcome.REJECTED)).isEqualTo(4 * times);
        assertThat(ledger.get(EventType.CLICK, Rejection.NEGATIVE_COST)).isEqualTo(3 * times);
        assertThat(ledger.rejectedByReason(EventType.CLICK))
                .isEqualTo(Map.of(Rejection.MISSING_ID, times, Rejection.NEGATIVE_COST, 3 * times));
        assertThat(ledger.rejectedByReason(EventType.VISIT)).isEmpty();
    }

    @Test
    void eachRecordIsReadAndHasOneOutcome() {
        assertIsTimes(ledger(), 1);
    }

    @Test
    void theSumOfTwoLedgersHasCountedAllThatBothHave() {
        Ledger sum = ledger();
        sum.add(ledger());
        assertIsTimes(sum, 2);
    }

    @Test
    void noRecordIsRejectedWithoutAReason() {
        assertThatThrownBy(() -> new Ledger().count(EventType.CLICK, Outcome.REJECTED))
                .hasMessageContaining("reason");
    }
}
