package io.weir.app.figures;

import io.weir.domain.RollingWindow;
import org.jspecify.annotations.Nullable;

/** The stretches of time that figures shown now are about. The labels stand in metrics, the API and the page. */
public enum Period {
    /** The last whole minute, UTC, that the watermark has passed. */
    LAST_MINUTE("1m", null),
    FIVE_MINUTES("5m", RollingWindow.FIVE_MINUTES),
    HOUR("1h", RollingWindow.HOUR),
    DAY("24h", RollingWindow.DAY),
    /** The calendar day that holds the watermark, in the shop's zone, so far. */
    TODAY("today", null);

    private final String label;
    private final @Nullable RollingWindow rolling;

    Period(String label, @Nullable RollingWindow rolling) {
        this.label = label;
        this.rolling = rolling;
    }

    public String label() {
        return label;
    }

    /** The rolling window that this is; null for the two that are tumbling windows. */
    @Nullable
    public RollingWindow rolling() {
        return rolling;
    }

    /** The period with this {@link #label}. */
    public static Period of(String label) {
        for (Period period : values()) {
            if (period.label.equals(label)) {
                return period;
            }
        }
        throw new IllegalArgumentException("no period is called " + label);
    }
}
