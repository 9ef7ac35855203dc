package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapSharesTest {
    private static final long MB = 1 << 20;

    @Test
    void aUsualHeapHoldsAsManyAsAreWorthwhile() {
        HeapShares shares = new HeapShares(2_048 * MB, 4);
        assertThat(shares.journeys()).isEqualTo(20_000);
        assertThat(shares.rows()).isEqualTo(50_000);
    }

    @Test
    void aSmallHeapOrManyPartitionsHoldFewer() {
        assertThat(new HeapShares(320 * MB, 4).rows()).isBetween(8_000, 12_000);
        assertThat(new HeapShares(2_048 * MB, 64).rows()).isBetween(3_000, 5_000);
        assertThat(new HeapShares(2_048 * MB, 64).journeys()).isBetween(1_000, 3_000);
    }

    @Test
    void aFewAlwaysFit() {
        HeapShares shares = new HeapShares(64 * MB, 1_000);
        assertThat(shares.rows()).isEqualTo(500);
        assertThat(shares.journeys()).isEqualTo(500);
        assertThat(shares.credits()).isEqualTo(500);
    }
}
