package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RatiosTest {
    /** 200 clicks for 50.00, of which 150 landed; 400 visitors, 20 buyers, 25 units for 1,000.00. */
    private static final Ratios RATIOS =
            new Ratios(Measures.of(200, 50_000_000, 150, 600, 400, 22, 20, 25, 1_000_000_000, 2, 90_000_000));

    private static final Ratios NOTHING = new Ratios(Measures.ZERO);

    @Test
    void ratiosOfPeopleAndClicksArePureNumbers() {
        assertThat(RATIOS.conversionRate()).hasValue(0.05);
        assertThat(RATIOS.landingRate()).hasValue(0.75);
    }

    @Test
    void ratiosOfMoneyAreInUnitsOfTheCurrency() {
        assertThat(RATIOS.revenuePerBuyer()).hasValue(50.0);
        assertThat(RATIOS.visitorValue()).hasValue(2.5);
        assertThat(RATIOS.visitorCost()).hasValue(0.125);
        assertThat(RATIOS.costPerClick()).hasValue(0.25);
    }

    @Test
    void roasIsRevenuePerCost() {
        assertThat(RATIOS.roas()).hasValue(20.0);
    }

    @Test
    void roiTakesCostAndGoodsOffTheRevenue() {
        assertThat(RATIOS.roi(1)).hasValue(19.0);
        assertThat(RATIOS.roi(0.3).orElseThrow()).isCloseTo(5.0, within(1e-12));
        assertThat(RATIOS.roi(0.01).orElseThrow()).isCloseTo(-0.8, within(1e-12));
        assertThat(RATIOS.roiOfGrossProfit(25_000_000)).hasValue(-0.5);
    }

    @Test
    void aRatioWithAZeroDenominatorIsAbsent() {
        assertThat(NOTHING.conversionRate()).isEmpty();
        assertThat(NOTHING.revenuePerBuyer()).isEmpty();
        assertThat(NOTHING.visitorValue()).isEmpty();
        assertThat(NOTHING.visitorCost()).isEmpty();
        assertThat(NOTHING.costPerClick()).isEmpty();
        assertThat(NOTHING.landingRate()).isEmpty();
        assertThat(NOTHING.roas()).isEmpty();
        assertThat(NOTHING.roi(0.5)).isEmpty();
    }

    @Test
    void aZeroNumeratorIsZeroAndNotAbsent() {
        Ratios onlyVisitors = new Ratios(Measures.of(0, 0, 0, 5, 5, 0, 0, 0, 0, 0, 0));

        assertThat(onlyVisitors.conversionRate()).hasValue(0.0);
        assertThat(onlyVisitors.visitorValue()).hasValue(0.0);
        assertThat(onlyVisitors.roas()).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void aRatioIsReliableFromTheLeastNumberOfVisitorsOn() {
        assertThat(RATIOS.isReliable(400)).isTrue();
        assertThat(RATIOS.isReliable(401)).isFalse();
    }

    @Test
    void aRatioOfASumThatIsOutOfRangeIsAbsent() {
        long beyond = ExactSums.BEYOND;
        Ratios revenue = new Ratios(Measures.of(200, 50_000_000, 150, 600, 400, 22, 20, 25, beyond, 2, 0));
        assertThat(revenue.revenuePerBuyer()).isEmpty();
        assertThat(revenue.visitorValue()).isEmpty();
        assertThat(revenue.roas()).isEmpty();
        assertThat(revenue.roi(0.3)).isEmpty();
        assertThat(revenue.conversionRate()).hasValue(0.05);
        assertThat(revenue.visitorCost()).hasValue(0.125);
        Ratios cost = new Ratios(Measures.of(200, beyond, 150, 600, 400, 22, 20, 25, 1_000_000_000, 2, 0));
        assertThat(cost.costPerClick()).isEmpty();
        assertThat(cost.visitorCost()).isEmpty();
        assertThat(cost.roas()).isEmpty();
        assertThat(cost.roi(0.3)).isEmpty();
        assertThat(cost.visitorValue()).hasValue(2.5);
    }
}
