package io.weir.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InputWatchTest {
    private final Map<Integer, Ledger> read = new TreeMap<>();
    private final InputWatch watch = new InputWatch(new Ledgers(), 0);
    private long seconds = 0;

    /** Lets time pass; on each partition there is a visit a second, and payments so many seconds apart. */
    private void pass(int forSeconds, int paymentsApart, int paymentsApartOnTheFirst) {
        for (int i = 0; i < forSeconds; i++) {
            seconds++;
            read.forEach((partition, ledger) -> {
                ledger.count(EventType.VISIT, Outcome.ACCEPTED);
                if (seconds % (partition == 0 ? paymentsApartOnTheFirst : paymentsApart) == 0) {
                    ledger.count(EventType.PAYMENT, Outcome.ACCEPTED);
                }
            });
            watch.look(seconds * 1_000);
        }
    }

    private void partitions(int number) {
        for (int partition = 0; partition < number; partition++) {
            read.computeIfAbsent(partition, none -> new Ledger());
        }
        read.keySet().removeIf(partition -> partition >= number);
    }

    @Test
    void aQuietPartitionThatIsLeftAloneIsNoSilence() {
        partitions(8);
        pass(1_800, 10, 900);
        partitions(1);
        for (int i = 0; i < 800; i++) {
            pass(1, 10, 900);
            assertThat(watch.alerts(seconds * 1_000)).as("after %s s", i).isEmpty();
        }
    }

    @Test
    void aBusyPartitionThatIsLeftAloneAndFallsSilentIsNoticed() {
        partitions(8);
        pass(1_800, 10, 2);
        partitions(1);
        pass(10, 10, 2);
        pass(75, 10, Integer.MAX_VALUE);
        assertThat(watch.alerts(seconds * 1_000))
                .singleElement()
                .satisfies(alert -> assertThat(alert.name()).isEqualTo(AlertName.INPUT_SILENT));
    }

    @Test
    void aSilenceThatNoLongerFollowsWhenPartitionsLeaveIsOver() {
        partitions(8);
        pass(1_800, 10, 900);
        pass(80, Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(watch.isSilent(EventType.PAYMENT)).isTrue();
        partitions(1);
        pass(10, 10, 900);
        assertThat(watch.isSilent(EventType.PAYMENT)).isFalse();
    }

    @Test
    void aSilenceThatStillFollowsWhenPartitionsLeaveStaysFromWhenItBegan() {
        partitions(8);
        pass(1_800, 10, 2);
        pass(80, Integer.MAX_VALUE, Integer.MAX_VALUE);
        Alert before = watch.alerts(seconds * 1_000).get(0);
        partitions(1);
        pass(120, 10, Integer.MAX_VALUE);
        assertThat(watch.alerts(seconds * 1_000))
                .singleElement()
                .satisfies(alert -> assertThat(alert.since()).isEqualTo(before.since()));
    }

    /** Tells the ledgers, as they are now, and nothing else. */
    private final class Ledgers extends NoFigures {
        @Override
        public Map<Integer, Ledger> ledgers() {
            Map<Integer, Ledger> copies = new TreeMap<>();
            read.forEach((partition, ledger) -> {
                Ledger copy = new Ledger();
                copy.add(ledger);
                copies.put(partition, copy);
            });
            return copies;
        }
    }
}
