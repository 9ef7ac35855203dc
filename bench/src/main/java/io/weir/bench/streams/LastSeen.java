package io.weir.bench.streams;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a visitor was last seen under each dimension key, as far as the day reaches; and what the event that came last
 * adds under its keys.
 */
record LastSeen(Map<DimensionKey, Long> times, List<Fact> latest) {
    static final BinarySerde<LastSeen> SERDE = new BinarySerde<>(LastSeen::write, LastSeen::read);
    private static final long LONGEST_DAY_MS = 26 * 3_600_000L;

    static LastSeen never() {
        return new LastSeen(Map.of(), List.of());
    }

    LastSeen withVisit(ResolvedVisit visit, Windowing windowing) {
        List<Fact> facts = new ArrayList<>();
        for (DimensionKey key : Fact.keys(visit.productId(), visit.source(), visit.campaignId())) {
            facts.add(Fact.visit(key, newIn(key, visit.timeMs(), windowing)));
        }
        return with(facts, visit.timeMs());
    }

    LastSeen withPayment(CreditedPayment credited, Windowing windowing) {
        List<Fact> facts = new ArrayList<>();
        String productId = credited.payment().productId();
        for (DimensionKey key : Fact.keys(productId, credited.source(), credited.campaignId())) {
            facts.add(Fact.payment(
                    key,
                    credited.payment(),
                    credited.isHalo(),
                    newIn(key, credited.payment().timeMs(), windowing)));
        }
        return with(facts, credited.payment().timeMs());
    }

    private LastSeen with(List<Fact> facts, long timeMs) {
        Map<DimensionKey, Long> more = new LinkedHashMap<>(times);
        more.values().removeIf(seenMs -> seenMs <= timeMs - LONGEST_DAY_MS);
        facts.forEach(fact -> more.put(fact.key(), timeMs));
        return new LastSeen(more, facts);
    }

    /** In which windows the visitor has not been seen under this key: a bit for each size. */
    private int newIn(DimensionKey key, long timeMs, Windowing windowing) {
        Long seenMs = times.get(key);
        int newIn = 0;
        for (WindowSize size : windowing.sizes()) {
            newIn |= isBefore(seenMs, windowing.startMs(size, timeMs)) ? 1 << size.ordinal() : 0;
        }
        return newIn;
    }

    private static boolean isBefore(@Nullable Long seenMs, long startMs) {
        return seenMs == null || seenMs < startMs;
    }

    private void write(BinaryWriter out) {
        out.writeCount(times.size());
        times.forEach((key, timeMs) -> {
            key.write(out);
            out.writeTime(timeMs);
        });
        out.writeCount(latest.size());
        latest.forEach(fact -> fact.write(out));
    }

    private static LastSeen read(BinaryReader in) {
        Map<DimensionKey, Long> times = new LinkedHashMap<>();
        for (int left = in.readSize(); left > 0; left--) {
            times.put(DimensionKey.read(in), in.readTime());
        }
        List<Fact> latest = new ArrayList<>();
        for (int left = in.readSize(); left > 0; left--) {
            latest.add(Fact.read(in));
        }
        return new LastSeen(times, latest);
    }
}
