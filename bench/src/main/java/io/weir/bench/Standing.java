package io.weir.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine achieved in all its rounds.
 *
 * @param rounds those that count, without the warm-up
 * @param difference what is not the same as in the oracle by the engine's own word; blank if nothing is
 * @param isChecked whether its results were compared; an engine that only reads has none
 * @param fault why the figures do not count: a wrong result or a failure; null if they do
 */
record Standing(
        String engine,
        String description,
        List<Round> rounds,
        String difference,
        boolean isChecked,
        @Nullable String fault) {

    Standing {
        rounds = List.copyOf(rounds);
    }

    boolean counts() {
        return fault == null && !rounds.isEmpty();
    }
}
