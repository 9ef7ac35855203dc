package io.weir.app.alerts;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches how old the figures are. Where no events come the watermark moves on with the wall clock, so old figures are
 * not a quiet shop but a pipeline that is behind or stands still. Not thread-safe.
 *
 * <p>A thread that fails takes the watermark with it until its partitions are restored, and figures that were stale do not
 * become current by that. So the alert stays while the watermark is away, and the figures grow older; after
 * {@link #AWAY_MS} the partitions are another instance's matter.
 */
final class StaleWatch {
    private static final long PACE_OVER_MS = 30_000;
    private static final double CATCHING_UP = 1.5;
    /** Wall-clock time. */
    private static final long AWAY_MS = 300_000;

    private final WatchedFigures figures;
    private final long staleAfterMs;
    private long paceFromMs = Long.MIN_VALUE;
    private long paceWatermarkMs;
    private double pace = 0;
    private long knownAtMs;
    private long lastWatermarkMs;
    private @Nullable Alert alert;

    /** @param staleAfterMs how old figures may be */
    StaleWatch(WatchedFigures figures, long staleAfterMs) {
        this.figures = figures;
        this.staleAfterMs = staleAfterMs;
    }

    /** Looks at the watermark; to be called every second or so. */
    void look(long nowMs) {
        OptionalLong watermarkMs = figures.watermarkMs();
        if (watermarkMs.isEmpty()) {
            paceFromMs = Long.MIN_VALUE;
            pace = 0;
            boolean stays = alert != null && nowMs - knownAtMs <= AWAY_MS;
            alert = stays ? stale(lastWatermarkMs, nowMs - lastWatermarkMs) : null;
            return;
        }
        knownAtMs = nowMs;
        lastWatermarkMs = watermarkMs.getAsLong();
        measurePace(nowMs, lastWatermarkMs);
        long ageMs = nowMs - lastWatermarkMs;
        alert = ageMs <= staleAfterMs ? null : stale(lastWatermarkMs, ageMs);
    }

    private void measurePace(long nowMs, long watermarkMs) {
        if (paceFromMs == Long.MIN_VALUE) {
            paceFromMs = nowMs;
            paceWatermarkMs = watermarkMs;
        } else if (nowMs - paceFromMs >= PACE_OVER_MS) {
            pace = (double) (watermarkMs - paceWatermarkMs) / (nowMs - paceFromMs);
            paceFromMs = nowMs;
            paceWatermarkMs = watermarkMs;
        }
    }

    private Alert stale(long watermarkMs, long ageMs) {
        boolean catchesUp = pace >= CATCHING_UP;
        String age = Wording.time(ageMs);
        return new Alert(
                AlertName.DATA_STALE,
                catchesUp ? Severity.WARNING : Severity.CRITICAL,
                null,
                Instant.ofEpochMilli(watermarkMs + staleAfterMs),
                "the figures are " + age + " old",
                catchesUp
                        ? "The pipeline is catching up, " + Math.round(pace * 10) / 10.0
                                + " times as fast as events happen: current in about "
                                + Wording.time(ageMs / (pace - 1)) + "."
                        : "Events up to " + age + " ago are in them. The pipeline is behind or stands still; "
                                + "until it goes on, no figure tells of now, and no drop is noticed.",
                Map.of("seconds_behind", ageMs / 1000, "pace", Math.round(pace * 10) / 10.0));
    }

    /** Null while the figures are current, or there are none and those that there were are another's. */
    @Nullable
    Alert alert() {
        return alert;
    }
}
