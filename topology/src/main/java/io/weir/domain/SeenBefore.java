package io.weir.domain;

import java.util.Map;
import java.util.TreeMap;

/**
 * Who of the distinct visitors and buyers under one key in one minute had been there before: how many minutes ago, and
 * how many are the calendar day's first. With it the distinct visitors of any span of whole minutes follow from sums,
 * without knowing who they are; see {@link RollingMeasures}. Not thread-safe.
 */
public final class SeenBefore {

    /** Told of how many visitors and buyers had been there this many minutes before; negative when fewer than before. */
    public interface Each {
        void returned(int minutesAgo, long visitors, long buyers);
    }

    /** Shared by all to whom nobody has come back, which are nearly all. */
    private static final Map<Integer, long[]> NONE = Map.of();

    /** By minutes ago, 1 to a day less one: visitors, buyers; never both zero. */
    private Map<Integer, long[]> byMinutesAgo = NONE;

    private long newVisitorsOfDay = 0;
    private long newBuyersOfDay = 0;

    /** Distinct visitors of the minute who had not visited before on the same calendar day. */
    public long newVisitorsOfDay() {
        return newVisitorsOfDay;
    }

    public long newBuyersOfDay() {
        return newBuyersOfDay;
    }

    /**
     * Counts a visitor, or with −1 takes one back.
     *
     * @param minutesAgo since the last visit before this minute; 0 for none within a day
     */
    public void addVisitor(int minutesAgo, boolean newOfDay, int sign) {
        newVisitorsOfDay += newOfDay ? sign : 0;
        add(minutesAgo, sign, 0);
    }

    public void addBuyer(int minutesAgo, boolean newOfDay, int sign) {
        newBuyersOfDay += newOfDay ? sign : 0;
        add(minutesAgo, 0, sign);
    }

    /** Adds, or with −1 subtracts, all of the other. */
    public void add(SeenBefore other, int sign) {
        newVisitorsOfDay += sign * other.newVisitorsOfDay;
        newBuyersOfDay += sign * other.newBuyersOfDay;
        other.forEach((minutesAgo, visitors, buyers) -> add(minutesAgo, sign * visitors, sign * buyers));
    }

    private void add(int minutesAgo, long visitors, long buyers) {
        if (minutesAgo == 0) {
            return;
        }
        long[] counts = toChange().computeIfAbsent(minutesAgo, none -> new long[2]);
        counts[0] += visitors;
        counts[1] += buyers;
        if (counts[0] == 0 && counts[1] == 0) {
            byMinutesAgo.remove(minutesAgo);
        }
    }

    private Map<Integer, long[]> toChange() {
        if (byMinutesAgo == NONE) {
            byMinutesAgo = new TreeMap<>();
        }
        return byMinutesAgo;
    }

    public boolean isZero() {
        return byMinutesAgo.isEmpty() && newVisitorsOfDay == 0 && newBuyersOfDay == 0;
    }

    public void forEach(Each each) {
        for (Map.Entry<Integer, long[]> entry : byMinutesAgo.entrySet()) {
            each.returned(entry.getKey(), entry.getValue()[0], entry.getValue()[1]);
        }
    }

    public SeenBefore copy() {
        SeenBefore copy = new SeenBefore();
        copy.add(this, 1);
        return copy;
    }

    public void write(BinaryWriter out) {
        out.writeSum(newVisitorsOfDay);
        out.writeSum(newBuyersOfDay);
        out.writeCount(byMinutesAgo.size());
        forEach((minutesAgo, visitors, buyers) -> {
            out.writeCount(minutesAgo);
            out.writeSum(visitors);
            out.writeSum(buyers);
        });
    }

    public static SeenBefore read(BinaryReader in) {
        SeenBefore seenBefore = new SeenBefore();
        seenBefore.newVisitorsOfDay = in.readSum();
        seenBefore.newBuyersOfDay = in.readSum();
        for (int left = in.readSize(); left > 0; left--) {
            seenBefore.toChange().put((int) in.readCount(), new long[] {in.readSum(), in.readSum()});
        }
        return seenBefore;
    }
}
