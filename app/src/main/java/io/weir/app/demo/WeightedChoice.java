package io.weir.app.demo;

import java.util.Arrays;

/** Draws an index with a probability proportional to its weight, in O(log n). Immutable. */
final class WeightedChoice {
    private final double[] cumulative;

    WeightedChoice(double[] weights) {
        cumulative = weights.clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
    }

    int draw(SeededRandom random) {
        double point = random.unit() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, point);
        return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
    }
}
