package io.weir.domain;

/**
 * Where a journey's contributions go.
 *
 * <p>Every contribution has a sign: +1 makes it, −1 takes it back. It belongs to one dimension key and, by
 * {@code timeMs}, to one window of each size. {@code newIn} says in which of these windows the visitor counts as a
 * distinct one through this event: bit {@code i} stands for {@code WindowSize.values()[i]}.
 * Where that is so in its minute, {@code minutesAgo} says how many minutes before this one the visitor was last there
 * under the same key, by calendar minutes, for the same kind of event; 0 for not within a day.
 */
public interface Contributions {
    /** For contributions that have been made before, and that nobody asks for. */
    Contributions NOWHERE = new Contributions() {
        @Override
        public void click(DimensionKey key, long timeMs, long costMicros) {}

        @Override
        public void landing(DimensionKey key, long timeMs, int sign) {}

        @Override
        public void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign) {}

        @Override
        public void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign) {}
    };

    void click(DimensionKey key, long timeMs, long costMicros);

    void landing(DimensionKey key, long timeMs, int sign);

    void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign);

    void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign);
}
