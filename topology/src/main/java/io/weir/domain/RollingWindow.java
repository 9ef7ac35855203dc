package io.weir.domain;

/**
 * The lengths of rolling windows. A rolling window ends at the last whole minute, UTC, that the watermark has reached,
 * exclusive, and moves on minute by minute.
 */
public enum RollingWindow {
    FIVE_MINUTES("5m", 5),
    HOUR("1h", 60),
    DAY("24h", 24 * 60);

    private final String label;
    private final int minutes;

    RollingWindow(String label, int minutes) {
        this.label = label;
        this.minutes = minutes;
    }

    public String label() {
        return label;
    }

    public int minutes() {
        return minutes;
    }
}
