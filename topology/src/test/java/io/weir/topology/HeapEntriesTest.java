package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeapEntriesTest {
    private static final int CAPACITY = 8;

    private final List<Integer> pushedOff = new ArrayList<>();
    private final HeapEntries<Integer, String> entries = new HeapEntries<>(CAPACITY, entry -> pushedOff.add(entry.key));

    private HeapEntry<Integer, String> add(int key) {
        return entries.add(new HeapEntry<>(key, "value", true));
    }

    @Test
    void theOldestThatWasNotAskedForGoesFirst() {
        for (int key = 0; key < CAPACITY; key++) {
            add(key);
        }
        entries.find(0);
        entries.find(2);
        entries.peek(1);
        for (int key = CAPACITY; key < CAPACITY + 3; key++) {
            add(key);
        }
        assertThat(pushedOff).containsExactly(1, 3, 4);
        assertThat(entries.find(1)).isNull();
        assertThat(entries.find(0)).isNotNull();
    }

    @Test
    void oneThatWasAskedForHasOneMoreChanceAndNoMore() {
        for (int key = 0; key < CAPACITY; key++) {
            add(key);
        }
        entries.find(0);
        for (int key = CAPACITY; key < 2 * CAPACITY; key++) {
            add(key);
        }
        assertThat(pushedOff).containsExactly(1, 2, 3, 4, 5, 6, 7, 0);
    }

    @Test
    void whatIsRemovedMakesRoomAndIsPushedOffNoMore() {
        for (int round = 0; round < 10 * CAPACITY; round++) {
            HeapEntry<Integer, String> entry = add(round);
            entries.remove(entry);
            entries.remove(entry);
            assertThat(entry.gone).isTrue();
            assertThat(entry.value).isNull();
        }
        for (int key = 0; key < CAPACITY; key++) {
            add(key);
        }
        assertThat(pushedOff).isEmpty();
    }

    @Test
    void whatWasThereIsGoneOnceAllIsCleared() {
        HeapEntry<Integer, String> entry = add(1);
        entries.clear();
        assertThat(entry.gone).isTrue();
        assertThat(entries.find(1)).isNull();
    }

    @Test
    void anyStepsLeaveEachKeyAtMostOnceAndNoMoreThanThereIsRoomFor() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<Integer, HeapEntry<Integer, String>> here = new HashMap<>();
            HeapEntries<Integer, String> any = new HeapEntries<>(CAPACITY, entry -> here.remove(entry.key));
            for (int step = 0; step < 500; step++) {
                int key = random.nextInt(3 * CAPACITY);
                HeapEntry<Integer, String> found = random.nextBoolean() ? any.find(key) : any.peek(key);
                assertThat(found).as("seed %d, step %d", seed, step).isSameAs(here.get(key));
                if (found == null) {
                    HeapEntry<Integer, String> added = any.add(new HeapEntry<>(key, "value", true));
                    here.put(key, added);
                } else if (random.nextInt(3) == 0) {
                    any.remove(found);
                    here.remove(key);
                }
                assertThat(here).hasSizeLessThanOrEqualTo(CAPACITY);
            }
        }
    }
}
