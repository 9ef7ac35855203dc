package io.weir.dose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoseTest {

    @Test
    void aDoseIsOverAfterItsTimesAndSaysHowMany() {
        Dose dose = Dose.of("kill -9", 2, 2);
        assertThat(dose.again()).isTrue();
        assertThat(dose.again()).isTrue();
        assertThat(dose.again()).isFalse();
        assertThat(dose).hasToString("2 of 2 times, seed " + Dose.SEED);
    }
}
