package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {
    @Test
    void aPriceIsReadExactly() {
        assertThat(Micros.parsePrice("19.9")).isEqualTo(19_900_000);
        assertThat(Micros.parsePrice("0")).isZero();
        assertThat(Micros.parsePrice("0.000001")).isEqualTo(1);
        assertThat(Micros.parsePrice(" 1E+3 ")).isEqualTo(1_000_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "free", "-1", "0.0000001", "1e999999999", "10000000000000", "12,50"})
    void whatIsNoPriceIsRefusedWithWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Micros.parsePrice(text))
                .withMessage("'" + text
                        + "' is no price: give a number of zero or more with at most six decimals, like 19.9");
    }
}
