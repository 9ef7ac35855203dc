package io.weir.domain;

/**
 * Where a journey's contributions go.
 *
 * <p>Every contribution has a sign: +1 makes it, −1 takes it back. It belongs to one dimension key and, by
 * {@code timeMs}, to one window of each size. {@code newIn} says in which of these windows the visitor counts as a
 * distinct one through this event: bit {@code i} stands for {@code WindowSize.values()[i]}.
 */
public interface Contributions {

    void click(DimensionKey key, long timeMs, long costMicros);

    void landing(DimensionKey key, long timeMs, int sign);

    void visit(DimensionKey key, long timeMs, int newIn, int sign);

    void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int sign);
}
