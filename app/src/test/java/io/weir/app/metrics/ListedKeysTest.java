package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.Figure;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListedKeysTest {
    private final ListedKeys keys = new ListedKeys(4);

    private static List<Figure> ranking(String... products) {
        return Stream.of(products)
                .map(product -> new Figure(DimensionKey.product(product), Measures.ZERO))
                .toList();
    }

    private List<String> listed() {
        return keys.listed().keySet().stream().map(DimensionKey::productId).toList();
    }

    @Test
    void theFirstAreListed() {
        keys.update(ranking("e", "d", "c", "b", "a"));
        assertThat(listed()).containsExactly("b", "c", "d", "e");
    }

    @Test
    void aListedKeyStaysUntilItIsAQuarterBeyondTheLimit() {
        keys.update(ranking("a", "b", "c", "d", "e"));
        keys.update(ranking("a", "b", "c", "e", "d"));
        assertThat(listed()).as("d is fifth now, within the quarter").containsExactly("a", "b", "c", "d", "e");
        keys.update(ranking("a", "b", "c", "d", "e"));
        assertThat(listed()).as("no series came or went").containsExactly("a", "b", "c", "d", "e");
        keys.update(ranking("a", "b", "c", "e", "f"));
        assertThat(listed()).as("d has fallen out, f was never among the first").containsExactly("a", "b", "c", "e");
    }

    @Test
    void aKeyThatRisesToTheTopIsListedAtOnce() {
        keys.update(ranking("a", "b", "c", "d"));
        keys.update(ranking("z", "a", "b", "c", "d"));
        assertThat(listed()).containsExactly("a", "b", "c", "d", "z");
    }

    @Test
    void howeverTheRankingChangesThereAreNeverMoreThanAQuarterBeyondTheLimit() {
        Random random = new Random(3);
        List<String> products = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            products.add("p" + i);
        }
        for (int i = 0; i < 500; i++) {
            Collections.shuffle(products, random);
            keys.update(ranking(products.subList(0, keys.depth()).toArray(String[]::new)));
            assertThat(listed()).hasSizeBetween(4, 5).containsAll(products.subList(0, 4));
        }
    }

    @Test
    void aKeyWhoseLabelsAreTakenOrMeanOthersIsNotListed() {
        String twin = LabelValue.of("a\nb");
        keys.update(ranking("a\nb", twin, LabelValue.OTHER, "c"));
        assertThat(listed()).containsExactly("a\nb", "c");
    }

    @Test
    void withoutARankingNothingIsListed() {
        keys.update(ranking("a"));
        keys.update(List.of());
        assertThat(listed()).isEmpty();
    }
}
