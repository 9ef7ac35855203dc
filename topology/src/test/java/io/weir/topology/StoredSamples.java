package io.weir.topology;

import io.weir.domain.Click;
import io.weir.domain.ComeBacks;
import io.weir.domain.ConsideredTouch;
import io.weir.domain.Contributions;
import io.weir.domain.Credit;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.FactsBySource;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Payment;
import io.weir.domain.Rejection;
import io.weir.domain.RollingMeasures;
import io.weir.domain.RollingWindow;
import io.weir.domain.Rules;
import io.weir.domain.SeenBefore;
import io.weir.domain.Tally;
import io.weir.domain.Visit;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Keys and values of every store, which between them take every turn that their formats have. */
final class StoredSamples {
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final long MINUTE_MS = 60_000;
    private static final Rules RULES = new Rules(10 * MINUTE_MS, 60 * MINUTE_MS, 7 * 24 * 60 * MINUTE_MS);

    private StoredSamples() {}

    /**
     * One entry of a store.
     *
     * @param name the store's, and what is behind a slash
     * @param ownNumber whether the value begins with a format number
     */
    record Sample<K, V>(String name, WriteBehindStore.Format<K, V> format, K key, V value, boolean ownNumber) {

        String store() {
            return name.replaceAll("/.*", "");
        }

        byte[] keyBytes() {
            return format.keyToBytes(key);
        }

        byte[] valueBytes() {
            return format.valueToBytes(value);
        }

        /** The key's bytes, read and written again. */
        byte[] rewrittenKey(byte[] bytes) {
            return format.keyToBytes(format.keyFromBytes(bytes));
        }

        byte[] rewrittenValue(byte[] bytes) {
            return format.valueToBytes(format.valueFromBytes(key, bytes));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample<?, ?>> all() {
        return List.of(
                new Sample<>(Names.JOURNEYS_STORE, new Formats.Journeys(RULES, windowing()), "ann", journey(), true),
                new Sample<>(Names.CREDITS_STORE, new Formats.Credits(), new CreditKey("o1", "p1"), credit(), true),
                new Sample<>(
                        Names.PARTITION_TOTALS_STORE,
                        new Formats.Tallies(),
                        new WindowKey(WindowSize.DAY, TEN, DimensionKey.campaign("ads", "spring")),
                        new PartitionTally(tally()),
                        false),
                new Sample<>(Names.PARTITION_FACTS_STORE, new Formats.Facts(), 3, facts(), false),
                new Sample<>(Names.PARTITION_PROGRESS_STORE, new Formats.Progress(), 3, progress(), true),
                new Sample<>(
                        Names.TOTALS_STORE,
                        new Formats.TotalRows(),
                        new WindowKey(WindowSize.MINUTE, TEN, DimensionKey.productSource("mug", "ads")),
                        row(),
                        true),
                new Sample<>(
                        Names.COME_BACKS_STORE,
                        new Formats.ComeBackCounts(),
                        new WindowKey(WindowSize.MINUTE, TEN, DimensionKey.product("mug")),
                        comeBacks(),
                        false),
                new Sample<>(Names.ROLLING_STORE, new Formats.Rolling(), DimensionKey.source("ads"), rolling(1), false),
                new Sample<>(
                        Names.ROLLING_STORE + "/beyond-64-bits",
                        new Formats.Rolling(),
                        DimensionKey.TOTAL,
                        rolling(Long.MAX_VALUE / 2 + 1),
                        false),
                new Sample<>(Names.TOTALS_PROGRESS_STORE, new Formats.Progress(), 0, fresh(), true));
    }

    private static Windowing windowing() {
        return new Windowing(Set.of(WindowSize.values()), ZoneOffset.UTC);
    }

    /** With settled events of every kind, and open ones with and without what they may lack. */
    private static Journey journey() {
        Journey journey = new Journey(RULES, windowing());
        accept(
                journey,
                new Click("c1", "ann", "mug", "ads", "spring", 100_000, at(0)),
                new Visit("v1", "ann", "mug", null, null, "c1", at(1)),
                new Visit("v2", "ann", "pot", null, null, null, at(2)),
                new Payment("p1", "o1", "ann", "mug", 2, 9_000_000, at(3)),
                new Click("c2", "ann", "cup", "mail", null, 0, at(4)));
        journey.settle(at(30));
        accept(
                journey,
                new Click("c3", "ann", "mug", "ads", null, 120_000, at(25)),
                new Visit("v3", "ann", "mug", "mail", "autumn", "c3", at(26)),
                new Visit("v4", "ann", "\u5546\u54c1", "mail", null, null, at(26)),
                new Payment("p2", "o2", "ann", "mug", 1, 0, at(30)));
        return journey;
    }

    private static void accept(Journey journey, Event... events) {
        for (Event event : events) {
            journey.accept(event, Contributions.NOWHERE);
        }
    }

    private static long at(int minute) {
        return TEN + minute * MINUTE_MS;
    }

    private static Credit credit() {
        return new Credit(
                "p1",
                "o1",
                "mug",
                at(3),
                2,
                9_000_000,
                "ads",
                "spring",
                true,
                2,
                List.of(
                        new ConsideredTouch(EventType.VISIT, "pot", "ads", "spring", at(2), 2, true),
                        new ConsideredTouch(EventType.CLICK, "cup", "mail", null, at(1), 2, false)));
    }

    private static Measures measures(long first) {
        return Measures.of(
                LongStream.range(first, first + Measure.values().length).toArray());
    }

    private static SeenBefore seenBefore(int sign) {
        SeenBefore seenBefore = new SeenBefore();
        seenBefore.addVisitor(7, true, sign);
        seenBefore.addVisitor(0, false, sign);
        seenBefore.addBuyer(300, true, sign);
        return seenBefore;
    }

    private static Tally tally() {
        return new Tally(measures(1), seenBefore(1));
    }

    private static FactsBySource facts() {
        FactsBySource facts = new FactsBySource();
        Contributions counting = facts.counting(Contributions.NOWHERE);
        Payment payment = new Payment("p1", "o1", "ann", "mug", 2, 9_000_000, at(3));
        counting.click(DimensionKey.source("ads"), at(0), 100_000);
        counting.payment(DimensionKey.source("ads"), payment, false, 0, 0, 1);
        counting.payment(DimensionKey.source("mail"), payment, false, 0, 0, 1);
        counting.payment(DimensionKey.source("mail"), payment, false, 0, 0, -1);
        return facts;
    }

    private static PartitionProgress progress() {
        PartitionProgress progress = new PartitionProgress(3);
        progress.setVisitorKey("0b62c8025e0ff1e2");
        progress.advanceStreamTime(at(30));
        progress.setClock(at(31), true, at(32));
        progress.noteTotals(at(29), 4_711);
        progress.noteRead(at(28));
        progress.setNextOffset(EventType.CLICK, 300);
        progress.setNextOffset(EventType.VISIT, 17);
        progress.setNextRequest(4);
        progress.ledger().add(EventType.CLICK, Outcome.ACCEPTED, 290);
        progress.ledger().count(EventType.VISIT, Outcome.DUPLICATE);
        progress.ledger().count(EventType.VISIT, Outcome.LATE);
        progress.ledger().countRejected(EventType.PAYMENT, Rejection.NEGATIVE_AMOUNT);
        progress.ledger().countRejected(EventType.PAYMENT, Rejection.SUM_OVERFLOW);
        return progress;
    }

    /** Of a partition of which nothing has been read. */
    private static PartitionProgress fresh() {
        return new PartitionProgress(0);
    }

    private static TotalRow row() {
        TotalRow row = new TotalRow();
        row.replace(3, measures(1), seenBefore(1), new SeenBefore());
        row.replace(0, measures(-5), seenBefore(-1), new SeenBefore());
        row.becomeDue();
        row.markFinal();
        return row;
    }

    private static ComeBacks comeBacks() {
        ComeBacks comeBacks = new ComeBacks();
        comeBacks.add(3, 2, 1);
        comeBacks.add(30, 4, 0);
        comeBacks.add(300, -8, -1);
        return comeBacks;
    }

    /** @param first of the measures of two minutes; sums beyond 64 bits are stored in another way */
    private static RollingMeasures rolling(long first) {
        RollingMeasures rolling = new RollingMeasures();
        rolling.enter(RollingWindow.DAY, measures(first), seenBefore(1));
        rolling.enter(RollingWindow.DAY, measures(first), new SeenBefore());
        rolling.leave(RollingWindow.FIVE_MINUTES, measures(1), comeBacks());
        return rolling;
    }
}
