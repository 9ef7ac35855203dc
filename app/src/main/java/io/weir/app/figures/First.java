package io.weir.app.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Selects the first of many without sorting all: O(n log k). */
final class First {
    private First() {}

    /** The first {@code limit} of these in this order, sorted. */
    static <T> List<T> of(List<T> all, Comparator<T> order, int limit) {
        if (limit <= 0) {
            return List.of();
        }
        if (limit >= all.size()) {
            return all.stream().sorted(order).toList();
        }
        PriorityQueue<T> lastOnTop = new PriorityQueue<>(limit + 1, order.reversed());
        for (T each : all) {
            if (lastOnTop.size() < limit) {
                lastOnTop.add(each);
            } else if (order.compare(each, lastOnTop.element()) < 0) {
                lastOnTop.remove();
                lastOnTop.add(each);
            }
        }
        List<T> first = new ArrayList<>(lastOnTop);
        first.sort(order);
        return first;
    }
}
