package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumsTest {
    private static final BigInteger MOST = BigInteger.valueOf(ExactSums.BEYOND);

    private static ExactSums storedAndRead(ExactSums sums, int size) {
        BinaryWriter out = new BinaryWriter();
        sums.write(out);
        return ExactSums.read(size, new BinaryReader(out.toByteArray()));
    }

    @Test
    void aSumOutOfRangeReadsAsBeyondAndIsExactAgainWhenItIsBack() {
        ExactSums sums = new ExactSums(2);
        for (int i = 0; i < 5; i++) {
            sums.add(0, Long.MAX_VALUE);
        }
        sums.add(0, 7);
        assertThat(sums.toArray()).containsExactly(ExactSums.BEYOND, 0);
        ExactSums back = storedAndRead(sums.copy(), 2);
        for (int i = 0; i < 5; i++) {
            assertThat(back.get(0)).isEqualTo(ExactSums.BEYOND);
            back.subtract(0, Long.MAX_VALUE);
        }
        assertThat(back.toArray()).containsExactly(7, 0);
        assertThat(sums.get(0)).isEqualTo(ExactSums.BEYOND);
    }

    @Test
    void aSumThatIsAMultipleOfAllThatALongCanHoldIsNotZero() {
        ExactSums sums = new ExactSums(1);
        sums.add(0, Long.MAX_VALUE);
        sums.add(0, Long.MAX_VALUE);
        sums.add(0, 2);
        assertThat(sums.isZero()).isFalse();
        assertThat(sums.get(0)).isEqualTo(ExactSums.BEYOND);
        sums.subtract(0, Long.MIN_VALUE);
        assertThat(sums.get(0)).isEqualTo(ExactSums.BEYOND);
    }

    @Test
    void whateverIsAddedAndTakenBackTheSumIsThatOfUnboundedIntegers() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ExactSums sums = new ExactSums(1);
            BigInteger expected = BigInteger.ZERO;
            for (int i = 0; i < 40; i++) {
                long amount = random.nextInt(10) == 0 ? Long.MIN_VALUE : random.nextLong();
                if (random.nextBoolean()) {
                    sums.add(0, amount);
                    expected = expected.add(BigInteger.valueOf(amount));
                } else {
                    sums.subtract(0, amount);
                    expected = expected.subtract(BigInteger.valueOf(amount));
                }
                sums = random.nextInt(5) == 0 ? storedAndRead(sums, 1) : sums;
                BigInteger read = expected.min(MOST).max(MOST.negate());
                assertThat(sums.get(0)).as("seed %s, step %s", seed, i).isEqualTo(read.longValueExact());
                assertThat(sums.isZero()).as("seed %s, step %s", seed, i).isEqualTo(expected.signum() == 0);
            }
        }
    }
}
