package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** It is a linked hash map to whoever uses it, few keys or many. */
class SmallMapTest {
    private static final int SEEDS = 2_000;

    private static Map<Integer, Integer> contents(SmallMap<Integer, Integer> map) {
        Map<Integer, Integer> contents = new LinkedHashMap<>();
        map.forEach(contents::put);
        return contents;
    }

    private static void change(Random random, int keys, SmallMap<Integer, Integer> map, Map<Integer, Integer> model) {
        int key = random.nextInt(keys);
        int value = random.nextInt(5);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                map.put(key, value);
                model.put(key, value);
            }
            case 3, 4 -> {
                map.putLast(key, value);
                model.remove(key);
                model.put(key, value);
            }
            case 5 -> {
                map.replace(key, value, value + 5);
                model.replace(key, value, value + 5);
            }
            case 6 -> {
                map.removeIf((each, eachValue) -> each % 7 == key % 7 && eachValue == value);
                model.entrySet().removeIf(entry -> entry.getKey() % 7 == key % 7 && entry.getValue() == value);
            }
            default -> {
                map.removeFirstWhile(each -> each <= value);
                while (!model.isEmpty() && model.values().iterator().next() <= value) {
                    model.remove(model.keySet().iterator().next());
                }
            }
        }
    }

    @Test
    void anyChangesLeaveTheKeysAndOrderOfALinkedHashMap() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int keys = 2 + random.nextInt(3 * SmallMap.SCANNED);
            SmallMap<Integer, Integer> map = new SmallMap<>();
            Map<Integer, Integer> model = new LinkedHashMap<>();
            for (int step = 0; step < 100; step++) {
                change(random, keys, map, model);
                List<Integer> order = new ArrayList<>(contents(map).keySet());
                assertThat(order).as("seed %d", seed).isEqualTo(new ArrayList<>(model.keySet()));
                assertThat(map.values()).as("seed %d", seed).isEqualTo(new ArrayList<>(model.values()));
                assertThat(map.size()).isEqualTo(model.size());
                int asked = random.nextInt(keys);
                assertThat(map.get(asked)).isEqualTo(model.get(asked));
                assertThat(map.getOrDefault(asked, -1)).isEqualTo(model.getOrDefault(asked, -1));
            }
        }
    }

    @Test
    void aCopyAndItsOriginalGoDifferentWays() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int keys = 2 + random.nextInt(3 * SmallMap.SCANNED);
            SmallMap<Integer, Integer> map = new SmallMap<>();
            Map<Integer, Integer> model = new LinkedHashMap<>();
            for (int step = 0; step < 40; step++) {
                change(random, keys, map, model);
            }
            SmallMap<Integer, Integer> copy = new SmallMap<>(map);
            Map<Integer, Integer> modelOfCopy = new LinkedHashMap<>(model);
            for (int step = 0; step < 20; step++) {
                change(random, keys, map, model);
                change(random, keys, copy, modelOfCopy);
            }
            assertThat(contents(map)).as("seed %d", seed).isEqualTo(model);
            assertThat(contents(copy)).as("seed %d", seed).isEqualTo(modelOfCopy);
        }
    }
}
