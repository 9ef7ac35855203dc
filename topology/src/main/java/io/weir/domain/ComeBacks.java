package io.weir.domain;

/**
 * How many of one minute's distinct visitors and buyers under one key came back within each {@link RollingWindow}'s
 * length. The other side of {@link SeenBefore}. Not thread-safe.
 */
public final class ComeBacks {
    private static final RollingWindow[] WINDOWS = RollingWindow.values();

    private final long[] visitors = new long[WINDOWS.length];
    private final long[] buyers = new long[WINDOWS.length];

    /** Counts those whose next visit came this many minutes later; negative to take them back. */
    public void add(int minutesLater, long moreVisitors, long moreBuyers) {
        for (RollingWindow window : WINDOWS) {
            if (minutesLater < window.minutes()) {
                visitors[window.ordinal()] += moreVisitors;
                buyers[window.ordinal()] += moreBuyers;
            }
        }
    }

    /** Those who came back in fewer minutes than the window is long. */
    public long visitors(RollingWindow window) {
        return visitors[window.ordinal()];
    }

    public long buyers(RollingWindow window) {
        return buyers[window.ordinal()];
    }

    public void write(BinaryWriter out) {
        for (RollingWindow window : WINDOWS) {
            out.writeLong(visitors(window));
            out.writeLong(buyers(window));
        }
    }

    public static ComeBacks read(BinaryReader in) {
        ComeBacks comeBacks = new ComeBacks();
        for (RollingWindow window : WINDOWS) {
            comeBacks.visitors[window.ordinal()] = in.readLong();
            comeBacks.buyers[window.ordinal()] = in.readLong();
        }
        return comeBacks;
    }
}
