package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputProbeTest {
    /** The broker holds the records from 900 on, and the last one is 999. */
    private final InputProbe probe = new InputProbe() {
        @Override
        public long quietSinceMs(int partition) {
            return UNKNOWN;
        }

        @Override
        public long start(String topic, int partition) {
            return 900;
        }

        @Override
        public long end(String topic, int partition) {
            return 1_000;
        }
    };

    @Test
    void recordsThatRetentionHasDeletedDoNotWait() {
        assertThat(probe.waiting("clicks", 0, 0)).isEqualTo(100);
        assertThat(probe.waiting("clicks", 0, 899)).isEqualTo(100);
    }

    @Test
    void recordsThatAreReadDoNotWaitAndThereAreNeverLessThanNone() {
        assertThat(probe.waiting("clicks", 0, 950)).isEqualTo(50);
        assertThat(probe.waiting("clicks", 0, 1_000)).isZero();
        assertThat(probe.waiting("clicks", 0, 1_001)).isZero();
    }

    @Test
    void nothingWaitsAsLongAsTheBrokerHasSaidNothing() {
        InputProbe silent = partition -> InputProbe.UNKNOWN;
        assertThat(silent.waiting("clicks", 0, 7)).isZero();
    }
}
