package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PartitionTotalsTest {
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final long MINUTE_MS = 60_000;
    private static final int MINUTES = 50;
    private static final int PRODUCTS = 1_000;

    private final WriteBehindStore<WindowKey, PartitionTally> store = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.PARTITION_TOTALS_STORE).get(), new Formats.Tallies(), 100);

    private int rows() {
        int[] rows = {0};
        store.scanAll((key, row) -> rows[0]++);
        return rows[0];
    }

    @Test
    void afterAJumpOfEventTimeRowsAreDroppedSomeAtATime() {
        PartitionTotals totals = new PartitionTotals(new Windowing(Set.of(WindowSize.MINUTE), ZoneOffset.UTC), store);
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int product = 0; product < PRODUCTS; product++) {
                DimensionKey key = DimensionKey.product("product-" + product);
                totals.toChange(new WindowKey(WindowSize.MINUTE, TEN + minute * MINUTE_MS, key))
                        .add(Measure.VISITS, 1);
            }
        }
        totals.publish((key, tally) -> {});
        long horizonMs = TEN + (MINUTES - 1) * MINUTE_MS;
        int calls = 0;
        for (int before = rows(); before > PRODUCTS; before = rows()) {
            totals.close(horizonMs);
            assertThat(before - rows()).as("dropped by one call").isBetween(1, 21_000);
            calls++;
        }
        assertThat(calls).isEqualTo(3);
        assertThat(rows()).as("of the minute that has not ended").isEqualTo(PRODUCTS);
    }
}
