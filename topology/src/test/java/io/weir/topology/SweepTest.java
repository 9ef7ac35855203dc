package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Contributions;
import io.weir.domain.DomainFold;
import io.weir.domain.Journey;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final long MEMORY_MS = Duration.ofDays(8).toMillis();

    private final PipelineSettings settings = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024);
    private final WriteBehindStore<String, Journey> store = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.JOURNEYS_STORE).get(),
            new Formats.Journeys(settings.rules(), settings.windowing()),
            1);
    private final Sweep<String, Journey> sweep =
            new Sweep<>(store, Journey::lastTimeMs, Journey::lastTimeMs, MEMORY_MS);

    private void visit(String visitor, long timeMs) {
        Journey journey = store.get(visitor);
        if (journey == null) {
            journey = new Journey(settings.rules(), settings.windowing());
        }
        journey.accept(
                DomainFold.event(EventRow.visit("v" + timeMs, visitor, "mug", null, null, null, timeMs)),
                Contributions.NOWHERE);
        store.put(visitor, journey);
    }

    @Test
    void whoHasNotComeForSoLongIsForgotten() {
        visit("ann", TEN);
        visit("bob", TEN + 1);
        store.flushCache();
        sweep.sweep(TEN + 1 + MEMORY_MS);
        assertThat(store.get("ann")).isNull();
        assertThat(store.get("bob")).isNotNull();
    }

    @Test
    void whoHasComeBackSinceTheLastCommitIsKeptWhenForgettingAnotherPushesHimOffTheHeap() {
        visit("ann", TEN);
        visit("bob", TEN);
        store.flushCache();
        long comesBackMs = TEN + 2 * MEMORY_MS;
        visit("bob", comesBackMs);
        sweep.sweep(comesBackMs);
        assertThat(store.get("ann")).isNull();
        assertThat(store.get("bob")).isNotNull();
        assertThat(store.get("bob").lastTimeMs()).isEqualTo(comesBackMs);
    }

    @Test
    void theSweepKeepsUpWithWhateverComes() {
        int most = 0;
        for (int day = 0; day < 30; day++) {
            long dayMs = TEN + Duration.ofDays(day).toMillis();
            for (int visitor = 0; visitor < 1_500; visitor++) {
                visit("visitor-" + day + "-" + visitor, dayMs);
                sweep.added(dayMs);
            }
            store.flushCache();
            sweep.sweep(dayMs);
            most = Math.max(most, stored());
        }
        assertThat(most).as("of 45,000, all of whom come once").isLessThan(3 * 8 * 1_500);
    }

    @Test
    void whileNothingCanBeOldNothingIsLookedAt() {
        visit("ann", TEN);
        store.flushCache();
        sweep.sweep(TEN);
        visit("bob", TEN + MEMORY_MS);
        sweep.added(TEN + MEMORY_MS);
        store.flushCache();
        sweep.sweep(TEN + MEMORY_MS);
        assertThat(store.get("ann")).isNotNull();
        sweep.sweep(TEN + MEMORY_MS + 1);
        assertThat(store.get("ann")).isNull();
        assertThat(store.get("bob")).isNotNull();
    }

    private int stored() {
        int[] stored = {0};
        store.scanStored(null, Integer.MAX_VALUE, (visitor, journey) -> stored[0]++);
        return stored[0];
    }
}
