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
    private static final Measure[] ALL = Measure.values();
    private static final int MEASURES = ALL.length;
    private static final int VISITORS = Measure.VISITORS.ordinal();
    private static final int BUYERS = Measure.BUYERS.ordinal();

    /** The measures of the first window, then those of the second and so on. */
    private final ExactSums sums;

    public RollingMeasures() {
        this(new ExactSums(WINDOWS.length * MEASURES));
    }

    private RollingMeasures(ExactSums sums) {
        this.sums = sums;
    }

    /** One that is out of range is {@link ExactSums#BEYOND}, and exact again when what made it so has left the window. */
    public Measures of(RollingWindow window) {
        long[] values = new long[MEASURES];
        for (int i = 0; i < MEASURES; i++) {
            values[i] = sums.get(first(window) + i);
        }
        return Measures.of(values);
    }

    private static int first(RollingWindow window) {
        return window.ordinal() * MEASURES;
    }

    /** Whether the key has no figure in any window. */
    public boolean isZero() {
        return sums.isZero();
    }

    /** A minute, or a change of one, enters the window at its end: its measures count, its visitors arrive. */
    public void enter(RollingWindow window, Measures minute, SeenBefore seenBefore) {
        int first = first(window);
        for (Measure measure : ALL) {
            sums.add(first + measure.ordinal(), minute.get(measure));
        }
        seenBefore.forEach((minutesAgo, visitors, buyers) -> {
            if (minutesAgo < window.minutes()) {
                sums.subtract(first + VISITORS, visitors);
                sums.subtract(first + BUYERS, buyers);
            }
        });
    }

    /** A minute, or a change of one, leaves the window at its start: its visitors depart, but for those who came back. */
    public void leave(RollingWindow window, Measures minute, ComeBacks comeBacks) {
        int first = first(window);
        for (Measure measure : ALL) {
            sums.subtract(first + measure.ordinal(), minute.get(measure));
        }
        sums.add(first + VISITORS, comeBacks.visitors(window));
        sums.add(first + BUYERS, comeBacks.buyers(window));
    }

    public RollingMeasures copy() {
        return new RollingMeasures(sums.copy());
    }

    public void write(BinaryWriter out) {
        sums.write(out);
    }

    public static RollingMeasures read(BinaryReader in) {
        return new RollingMeasures(ExactSums.read(WINDOWS.length * MEASURES, in));
    }
}
