package io.weir.app.api;

import io.weir.app.figures.Figure;
import io.weir.app.figures.Ranking;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * By what, and which way, keys are ranked, and how many of them are shown.
 *
 * @param by a measure's label or a ratio's name
 */
record Order(String by, boolean descending, int top) {
    static final List<String> PARAMETERS = List.of("by", "order", "top");
    static final int MOST = 1_000;

    static final Order DEFAULT = new Order("visitors", true, 1);

    private static final String DESCENDING = "desc";

    /** @param top how many where the question does not say */
    static Order of(Question question, int top) {
        String by = question.oneOf("by", Ranking.names(), Function.identity(), DEFAULT.by);
        String order = question.oneOf("order", List.of(DESCENDING, "asc"), Function.identity(), DESCENDING);
        return new Order(by, order.equals(DESCENDING), question.number("top", top, MOST));
    }

    /** @param margin gross profit as a share of revenue, for ROI */
    Comparator<Figure> comparator(double margin) {
        return Ranking.by(by, descending, margin);
    }

    /** {@code desc} or {@code asc}. */
    String direction() {
        return descending ? DESCENDING : "asc";
    }
}
