package io.weir.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link FalseAlarms} runs the same for many days by hand. */
class FalseAlarmsTest {
    private static final long SEED = 7;
    private static final int PRODUCTS = 12;
    private static final int HOURS = 12;
    private static final double LOOKS_A_DAY = 86_400 / 4.0;

    @Test
    void halfADayInWhichNothingIsWrongRaisesNothing() {
        assertThat(new FalseAlarms(SEED, PRODUCTS, HOURS, DropDetection.GREATEST_CHANCE).alarms())
                .isEmpty();
    }

    @Test
    void evenAtALaxThresholdThereAreFarFewerFalseAlarmsThanLooksLetFear() {
        double chance = 1e-4;
        int keys = PRODUCTS + 3;
        double bound = LOOKS_A_DAY * HOURS / 24 * DropDetection.LENGTHS_MS.length * keys * chance;
        assertThat(new FalseAlarms(SEED, PRODUCTS, HOURS, chance).alarms()).hasSizeLessThan((int) (bound / 10));
    }
}
