package io.weir.app.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Selects the first of many without sorting all. */
final class First {
    private First() {}

    /** The first {@code limit} of these in this order, sorted; the list given stays as it is. */
    static <T> List<T> of(List<T> all, Comparator<T> order, int limit) {
        List<T> found = new ArrayList<>(all);
        int count = Math.max(0, Math.min(limit, found.size()));
        select(found, order, count);
        List<T> first = found.subList(0, count);
        first.sort(order);
        return List.copyOf(first);
    }

    /**
     * Reorders the list so that its first {@code count} elements are the first in this order, in any order among
     * themselves: C. A. R. Hoare's quickselect (Algorithm 65: Find, 1961), O(n) on average.
     */
    static <T> void select(List<T> list, Comparator<T> order, int count) {
        int from = 0;
        int to = list.size() - 1;
        while (from < to) {
            T pivot = list.get(ThreadLocalRandom.current().nextInt(from, to + 1));
            int i = from;
            int j = to;
            while (i <= j) {
                while (order.compare(list.get(i), pivot) < 0) {
                    i++;
                }
                while (order.compare(list.get(j), pivot) > 0) {
                    j--;
                }
                if (i <= j) {
                    Collections.swap(list, i++, j--);
                }
            }
            if (count <= j) {
                to = j;
            } else if (count >= i) {
                from = i;
            } else {
                return;
            }
        }
    }
}
