package io.weir.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class ChanceTest {
    @Test
    void theChanceOfSoFewIsTheBinomialTailOfTheSharesOfExposure() {
        for (int count = 0; count <= 12; count++) {
            double exact = binomialTail(count, count + 40, 1, 4);
            assertThat(Chance.ofSoFew(count, 60, 40, 180) / exact).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void itIsRightFarBeyondTheRangeOfAnApproximation() {
        assertThat(Chance.ofSoFew(0, 60, 400, 300)).isCloseTo(Math.pow(5 / 6.0, 400), within(1e-40));
        assertThat(Chance.ofSoFew(2, 1, 1_000, 9) / binomialTail(2, 1_002, 1, 10))
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void withALongPastItComesCloseToThePoissonTailAndIsAlwaysAboveIt() {
        double poisson = Math.exp(-20) * (1 + 20 + 200);
        double chance = Chance.ofSoFew(2, 1, 20_000, 1_000);
        assertThat(chance).isGreaterThan(poisson).isLessThan(1.5 * poisson);
        assertThat(Chance.ofSoFew(2, 1, 60, 3)).isGreaterThan(5 * poisson);
    }

    @Test
    void withNothingToCompareWithEverythingIsPossible() {
        assertThat(Chance.ofSoFew(0, 10, 0, 100)).isEqualTo(1);
        assertThat(Chance.ofSoFew(0, 0, 10, 100)).isEqualTo(1);
        assertThat(Chance.ofSoMany(0, 100, 0.1)).isEqualTo(1);
    }

    @Test
    void theChanceOfSoManyIsTheUpperTail() {
        assertThat(Chance.ofSoMany(8, 50, 0.25)).isCloseTo(1 - binomialTail(7, 50, 1, 4), within(1e-12));
        assertThat(Chance.ofSoMany(100, 100, 0.5)).isCloseTo(Math.pow(0.5, 100), within(1e-40));
    }

    /** P(X ≤ k) of n trials with the probability part ÷ whole, without rounding on the way. */
    private static double binomialTail(int k, int n, int part, int whole) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal choose = BigDecimal.ONE;
        for (int i = 0; i <= k; i++) {
            sum = sum.add(choose.multiply(BigDecimal.valueOf(part).pow(i))
                    .multiply(BigDecimal.valueOf(whole - part).pow(n - i)));
            choose = choose.multiply(BigDecimal.valueOf(n - i)).divide(BigDecimal.valueOf(i + 1));
        }
        return sum.divide(BigDecimal.valueOf(whole).pow(n), MathContext.DECIMAL64)
                .doubleValue();
    }
}
