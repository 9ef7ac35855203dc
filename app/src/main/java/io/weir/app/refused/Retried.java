package io.weir.app.refused;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of refused records in a retry: counts by reason. */
public final class Retried {
    private final Map<Fate, Map<String, Long>> counts = new EnumMap<>(Fate.class);

    /** What becomes of one. */
    public enum Fate {
        SENT("sent back"),
        SENT_BEFORE("sent back before, and not again"),
        LEFT_OUT("too large to be kept: publish them anew from where they come from"),
        NO_ORIGIN("from no input of this pipeline"),
        NO_PARTITION("from a partition that is no longer there");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    void add(RefusedRecord refused, Fate fate) {
        counts.computeIfAbsent(fate, none -> new TreeMap<>()).merge(refused.reason(), 1L, Long::sum);
    }

    void add(Retried more) {
        more.counts.forEach((fate, byReason) -> byReason.forEach((reason, records) ->
                counts.computeIfAbsent(fate, none -> new TreeMap<>()).merge(reason, records, Long::sum)));
    }

    /** How many of each reason; empty if none. */
    public Map<String, Long> byReason(Fate fate) {
        return counts.getOrDefault(fate, Map.of());
    }

    public long count(Fate fate) {
        return byReason(fate).values().stream().mapToLong(Long::longValue).sum();
    }
}
