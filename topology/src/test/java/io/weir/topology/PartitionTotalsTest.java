package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static PartitionTotals totals(WriteBehindStore<WindowKey, PartitionTally> store, int mostAgain) {
        return new PartitionTotals(new Windowing(Set.of(WindowSize.MINUTE), ZoneOffset.UTC), store, mostAgain);
    }

    @Test
    void afterARestartOpenRowsArePublishedSomeAtATimeAndAsTheyAreByThen() {
        visitEachProduct(totals(store, PRODUCTS), TEN);
        store.flushCache();
        store.clearCache();

        PartitionTotals restarted = totals(store, PRODUCTS / 4);
        Map<WindowKey, Long> visits = new HashMap<>();
        for (int interval = 0; interval < 4; interval++) {
            assertThat(restarted.isPublishedAgain()).isFalse();
            restarted.publishAgain((key, tally) -> visits.put(key, tally.get(Measure.VISITS)));
            assertThat(visits).hasSize(PRODUCTS / 4 * (interval + 1));
            if (interval == 0) {
                visitEachProduct(restarted, TEN);
            }
        }
        restarted.publishAgain((key, tally) -> visits.put(key, 0L));
        assertThat(restarted.isPublishedAgain()).isTrue();
        assertThat(visits.values())
                .as("first, and after each product was visited again")
                .containsOnly(1L, 2L);
        assertThat(visits.values().stream().filter(visited -> visited == 1)).hasSize(PRODUCTS / 4);
        restarted.publish((key, tally) -> visits.put(key, tally.get(Measure.VISITS)));
        assertThat(visits.values()).containsOnly(2L);
    }

    @Test
    void whatChangesAfterATaskWasSuspendedAndWentOnIsPublished() {
        visitEachProduct(totals(store, PRODUCTS), TEN);
        PartitionTotals resumed = totals(store, PRODUCTS);
        resumed.publishAgain((key, tally) -> {});
        visitEachProduct(resumed, TEN);
        List<Long> visits = new ArrayList<>();
        resumed.publish((key, tally) -> visits.add(tally.get(Measure.VISITS)));
        assertThat(visits).hasSize(PRODUCTS).containsOnly(2L);
    }

    private static void visitEachProduct(PartitionTotals totals, long minuteMs) {
        for (int product = 0; product < PRODUCTS; product++) {
            DimensionKey key = DimensionKey.product("product-" + product);
            totals.toChange(WindowSize.MINUTE, minuteMs, key).add(Measure.VISITS, 1);
        }
    }

    @Test
    void afterAJumpOfEventTimeRowsAreDroppedSomeAtATime() {
        PartitionTotals totals = totals(store, PRODUCTS);
        for (int minute = 0; minute < MINUTES; minute++) {
            visitEachProduct(totals, TEN + minute * MINUTE_MS);
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
