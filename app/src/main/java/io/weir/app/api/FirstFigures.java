package io.weir.app.api;

import io.weir.app.figures.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first of many figures in some order, which are seen one after the other, and how many there were. Holds only the
 * first, in a heap with the last of them on top: O(log most) for a figure that is among them so far, one comparison for
 * any other. Not thread-safe.
 */
final class FirstFigures {
    private final Comparator<Figure> order;
    private final int most;
    private final PriorityQueue<Figure> first;
    private long keys = 0;

    FirstFigures(Comparator<Figure> order, int most) {
        this.order = order;
        this.most = most;
        this.first = new PriorityQueue<>(order.reversed());
    }

    /** Takes in the figure of a key that was not seen before; one that is zero is none. */
    void add(Figure figure) {
        if (figure.measures().isZero()) {
            return;
        }
        keys++;
        if (first.size() < most) {
            first.add(figure);
            return;
        }
        Figure last = first.peek();
        if (last != null && order.compare(figure, last) < 0) {
            first.remove();
            first.add(figure);
        }
    }

    /** How many were seen. */
    long keys() {
        return keys;
    }

    /** How many are held. */
    int size() {
        return first.size();
    }

    /** The first, in order. */
    List<Figure> sorted() {
        List<Figure> sorted = new ArrayList<>(first);
        sorted.sort(order);
        return sorted;
    }
}
