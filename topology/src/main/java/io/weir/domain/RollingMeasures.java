package io.weir.domain;

/**
 * The measures of one dimension key in each {@link RollingWindow}, kept up to date as minutes enter the windows at their
 * end and leave them at their start. Not thread-safe.
 *
 * <p>Clicks, money and the like are sums over the minutes. Distinct visitors are exact without a list of visitors: a
 * visitor <em>arrives</em> in a window of length L at a minute in which he had not been seen in the L minutes before, and
 * <em>departs</em> L minutes after a minute when he has not been seen since. Arrivals of a minute are its distinct
 * visitors less those who returned after fewer than L minutes; departures are its distinct visitors less those who came
 * back within fewer than L minutes. The distinct visitors of the window that ends at E are all arrivals before E less all
 * departures of minutes before E − L. Each term belongs to one minute and adds up over partitions, so a late event
 * changes it where it stands, and where the window ends does not matter to what is counted. (The last-seen method, which
 * counts those last seen in each minute, knows only the window that ends now.) The same holds for buyers.
 */
public final class RollingMeasures {
    private static final RollingWindow[] WINDOWS = RollingWindow.values();
    private static final int MEASURES = Measure.values().length;
    private static final int VISITORS = Measure.VISITORS.ordinal();
    private static final int BUYERS = Measure.BUYERS.ordinal();

    private final long[][] values = new long[WINDOWS.length][MEASURES];

    public Measures of(RollingWindow window) {
        return Measures.of(values[window.ordinal()]);
    }

    /** Whether the key has no figure in any window. */
    public boolean isZero() {
        for (long[] sums : values) {
            for (long sum : sums) {
                if (sum != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A minute, or a change of one, enters the window at its end: its measures count, its visitors arrive. */
    public void enter(RollingWindow window, Measures minute, Returns returns) {
        long[] sums = values[window.ordinal()];
        minute.addTo(sums, 1);
        returns.forEach((minutesAgo, visitors, buyers) -> {
            if (minutesAgo < window.minutes()) {
                sums[VISITORS] -= visitors;
                sums[BUYERS] -= buyers;
            }
        });
    }

    /** A minute, or a change of one, leaves the window at its start: its visitors depart, but for those who came back. */
    public void leave(RollingWindow window, Measures minute, ComeBacks comeBacks) {
        long[] sums = values[window.ordinal()];
        minute.addTo(sums, -1);
        sums[VISITORS] += comeBacks.visitors(window);
        sums[BUYERS] += comeBacks.buyers(window);
    }

    public RollingMeasures copy() {
        RollingMeasures copy = new RollingMeasures();
        for (int i = 0; i < values.length; i++) {
            copy.values[i] = values[i].clone();
        }
        return copy;
    }

    public void write(BinaryWriter out) {
        for (long[] sums : values) {
            for (long sum : sums) {
                out.writeLong(sum);
            }
        }
    }

    public static RollingMeasures read(BinaryReader in) {
        RollingMeasures measures = new RollingMeasures();
        for (long[] sums : measures.values) {
            for (int i = 0; i < MEASURES; i++) {
                sums[i] = in.readLong();
            }
        }
        return measures;
    }
}
