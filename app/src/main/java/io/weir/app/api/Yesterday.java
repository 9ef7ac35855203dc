package io.weir.app.api;

import io.weir.app.api.BoardPart.PastPart;
import io.weir.app.figures.Span;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The whole shop yesterday, from its midnight until the time of day that today has come to. Thread-safe. */
final class Yesterday {
    /** So long a figure is shown before it is computed anew: it takes a look at each minute of the day. */
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(10);

    /** Minutes tell who is the day's first only where days are computed; without that nobody would seem to have come. */
    private static final Set<WindowSize> NEEDED = EnumSet.of(WindowSize.MINUTE, WindowSize.DAY);

    private final ShopSettings shop;
    private final StoredRows stored;
    private volatile @Nullable Computed last = null;

    /** @param asOfMs the watermark that was stored with the minutes; before the end if they are not all there yet */
    private record Computed(long startMs, long endMs, long asOfMs, long atNs, Measures measures) {}

    Yesterday(ShopSettings shop, StoredRows stored) {
        this.shop = shop;
        this.stored = stored;
    }

    /**
     * Null if the shop had no events then, its minutes are not kept that long or not stored yet, or {@link #NEEDED} are not
     * computed.
     */
    @Nullable
    PastPart at(long watermarkMs) {
        if (!shop.windows().containsAll(NEEDED)) {
            return null;
        }
        Windowing days = new Windowing(Set.of(WindowSize.DAY), shop.zone());
        long todayMs = days.startMs(WindowSize.DAY, watermarkMs);
        long startMs = days.startMs(WindowSize.DAY, todayMs - 1);
        long endMs = Math.max(startMs, Math.min(todayMs, sameTimeOfDay(watermarkMs)));
        if (startMs < shop.keptFromMs(WindowSize.MINUTE, watermarkMs)) {
            return null;
        }
        Computed past = compute(startMs, endMs);
        if (past.asOfMs < endMs || past.measures.isZero()) {
            return null;
        }
        return new PastPart(
                new Span(startMs, endMs, shop.isFinal(endMs, past.asOfMs)), FigureRow.listOf(past.measures));
    }

    /** A day before, by the clock on the wall, to the whole minute. */
    private long sameTimeOfDay(long watermarkMs) {
        Instant now = Instant.ofEpochMilli(watermarkMs);
        return Windowing.minuteStartMs(
                now.atZone(shop.zone()).minusDays(1).toInstant().toEpochMilli());
    }

    private Computed compute(long startMs, long endMs) {
        Computed known = last;
        long nowNs = System.nanoTime();
        if (known == null || known.startMs != startMs || known.endMs != endMs || nowNs - known.atNs > FRESH_NS) {
            long asOfMs = stored.watermarkMs().orElse(Long.MIN_VALUE);
            if (asOfMs < endMs) {
                return new Computed(startMs, endMs, asOfMs, nowNs, Measures.ZERO);
            }
            known = new Computed(startMs, endMs, asOfMs, nowNs, stored.dayUntil(DimensionKey.TOTAL, startMs, endMs));
            last = known;
        }
        return known;
    }
}
