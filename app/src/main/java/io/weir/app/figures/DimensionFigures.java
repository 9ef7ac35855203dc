package io.weir.app.figures;

import io.weir.domain.DimensionKey;
import io.weir.domain.ExactSums;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one dimension in one window: sum and number are exact over all of them, rows may be dropped. Not
 * thread-safe.
 *
 * <p>It is told by the stream thread, which no figure may stop: a sum out of range is {@link ExactSums#BEYOND}.
 */
final class DimensionFigures {
    private static final Measure[] MEASURES = Measure.values();

    private final ExactSums sum = new ExactSums(MEASURES.length);
    private final Map<DimensionKey, Figure> rows = new HashMap<>();
    private long keys = 0;

    /**
     * Takes in that a key's measures have changed. A dropped row comes back by that.
     *
     * @param before what was told of the key before, whether or not its row is still held
     * @return by how many the rows held have grown: 1, 0 or -1
     */
    int put(DimensionKey key, Measures now, Measures before) {
        for (Measure measure : MEASURES) {
            if (measure != Measure.VISITORS && measure != Measure.BUYERS) {
                sum.add(measure.ordinal(), now.get(measure));
                sum.subtract(measure.ordinal(), before.get(measure));
            }
        }
        boolean gone = now.isZero();
        keys += (gone ? 0 : 1) - (before.isZero() ? 0 : 1);
        if (gone) {
            return rows.remove(key) == null ? 0 : -1;
        }
        return rows.put(key, new Figure(key, now)) == null ? 1 : 0;
    }

    /** Drops all rows but the first {@code most} in this order; returns how many are left. */
    int keepFirst(int most, Comparator<Figure> order) {
        if (rows.size() > most) {
            List<Figure> figures = new ArrayList<>(rows.values());
            First.select(figures, order, most);
            figures.subList(most, figures.size()).forEach(figure -> rows.remove(figure.key()));
        }
        return rows.size();
    }

    long keys() {
        return keys;
    }

    Measures sum() {
        return Measures.of(sum.toArray());
    }

    @Nullable
    Figure row(DimensionKey key) {
        return rows.get(key);
    }

    Collection<Figure> rows() {
        return rows.values();
    }
}
