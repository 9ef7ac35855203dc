package io.weir.app.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstTest {

    @Test
    void itIsWhatSortingAllWouldPutFirst() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<Integer> all = new ArrayList<>();
            for (int left = random.nextInt(30); left > 0; left--) {
                all.add(random.nextInt(1 + random.nextInt(20)));
            }
            int limit = random.nextInt(35) - 2;
            List<Integer> expected =
                    all.stream().sorted().limit(Math.max(0, limit)).toList();
            assertThat(First.of(all, Comparator.naturalOrder(), limit))
                    .as("%s, first %d, seed %d", all, limit, seed)
                    .isEqualTo(expected);
        }
    }
}
