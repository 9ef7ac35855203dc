package io.weir.domain;

/** The sizes of tumbling windows. Minutes and hours are aligned to UTC; a day is a calendar day in the shop's zone. */
public enum WindowSize {
    MINUTE("1m"),
    HOUR("1h"),
    DAY("1d");

    private final String label;

    WindowSize(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The size with this {@link #label}. */
    public static WindowSize of(String label) {
        for (WindowSize size : values()) {
            if (size.label.equals(label)) {
                return size;
            }
        }
        throw new IllegalArgumentException("no window size is called " + label);
    }
}
