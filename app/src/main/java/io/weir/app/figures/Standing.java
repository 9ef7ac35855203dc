package io.weir.app.figures;

import io.weir.domain.Measures;
import java.util.List;

/**
 * How the keys of one dimension stand in one period.
 *
 * @param keys how many keys have a measure other than zero, listed or not
 * @param sum of the measures of all keys, listed or not; visitors and buyers, which do not add up over keys, are 0
 * @param rows the keys that were asked for, as far as they are held on the heap
 */
public record Standing(long keys, Measures sum, List<Figure> rows) {
    static final Standing EMPTY = new Standing(0, Measures.ZERO, List.of());
}
