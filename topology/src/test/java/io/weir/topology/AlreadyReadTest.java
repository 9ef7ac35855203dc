package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlreadyReadTest {
    private long next = 60;
    private long end = 100;
    private int asked = 0;
    private final AlreadyRead alreadyRead = new AlreadyRead(new InputProbe() {
        @Override
        public long quietSinceMs(int partition) {
            return UNKNOWN;
        }

        @Override
        public long endNow(String topic, int partition) {
            assertThat(topic).isEqualTo("weir.clicks");
            assertThat(partition).isEqualTo(1);
            asked++;
            return end;
        }
    });

    private boolean test(long offset) {
        return alreadyRead.test(next, new SimulatedOrigin("weir.clicks", 1, offset));
    }

    @Test
    void whatComesForTheFirstTimeIsReadAndNobodyIsAsked() {
        assertThat(test(60)).isFalse();
        assertThat(test(75)).isFalse();
        assertThat(asked).isZero();
    }

    @Test
    void whatComesAgainIsPassedOverUpToWhereItWasRead() {
        for (int offset = 20; offset < 60; offset++) {
            assertThat(test(offset)).as("offset %d", offset).isTrue();
        }
        assertThat(asked).as("times that the broker was asked").isEqualTo(1);
        assertThat(test(60)).isFalse();
    }

    @Test
    void aTopicThatWasMadeAnewIsRead() {
        end = 30;
        assertThat(test(0)).isFalse();
        next = 1;
        assertThat(test(1)).isFalse();
    }

    @Test
    void whatComesAgainOnceMoreIsLookedAtAnew() {
        assertThat(test(20)).isTrue();
        next = 90;
        end = 40;
        assertThat(test(20)).as("of a topic that was made anew meanwhile").isFalse();
        assertThat(asked).isEqualTo(2);
    }
}
