package io.weir.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what each source has cost and been credited with, on the way of the contributions to somewhere else; see
 * {@link SourceFacts}. Not thread-safe.
 *
 * <p>Sources come from outside, so their number is bounded: those beyond the first {@link #MOST_SOURCES} are counted as
 * one, {@link #OTHER}.
 */
public final class FactsBySource {
    public static final int MOST_SOURCES = 200;
    public static final String OTHER = "__other__";

    private final Map<String, SourceFacts> bySource = new TreeMap<>();

    /** The facts by source; a copy. */
    public Map<String, SourceFacts> bySource() {
        return Collections.unmodifiableMap(new TreeMap<>(bySource));
    }

    private void add(String source, SourceFacts more) {
        boolean listed = bySource.containsKey(source) || bySource.size() < MOST_SOURCES;
        bySource.merge(listed ? source : OTHER, more, SourceFacts::plus);
    }

    /** Hands every contribution on to {@code next} and counts it. */
    public Contributions counting(Contributions next) {
        return new Counting(next);
    }

    private final class Counting implements Contributions {
        private final Contributions next;

        Counting(Contributions next) {
            this.next = next;
        }

        @Override
        public void click(DimensionKey key, long timeMs, long costMicros) {
            if (key.dimension() == Dimension.SOURCE && key.source() != null) {
                add(key.source(), new SourceFacts(1, costMicros, 0, 0, 0, 0));
            }
            next.click(key, timeMs, costMicros);
        }

        @Override
        public void landing(DimensionKey key, long timeMs, int sign) {
            next.landing(key, timeMs, sign);
        }

        @Override
        public void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign) {
            next.visit(key, timeMs, newIn, minutesAgo, sign);
        }

        @Override
        public void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign) {
            if (key.dimension() == Dimension.SOURCE && key.source() != null) {
                long micros = payment.amountMicros();
                add(
                        key.source(),
                        sign > 0 ? new SourceFacts(0, 0, 1, micros, 0, 0) : new SourceFacts(0, 0, 0, 0, 1, micros));
            }
            next.payment(key, payment, halo, newIn, minutesAgo, sign);
        }
    }

    public void write(BinaryWriter out) {
        out.writeCount(bySource.size());
        bySource.forEach((source, facts) -> {
            out.writeText(source);
            facts.write(out);
        });
    }

    public static FactsBySource read(BinaryReader in) {
        FactsBySource facts = new FactsBySource();
        for (int left = in.readSize(); left > 0; left--) {
            facts.bySource.put(in.readRequiredText(), SourceFacts.read(in));
        }
        return facts;
    }
}
