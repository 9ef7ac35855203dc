package io.weir.app.alerts;

import io.weir.domain.DimensionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Evaluates alerts on the figures that this instance owns, without any other program. One thread calls {@link #look},
 * every second or so; any thread may ask for the {@link #alerts}.
 */
public final class Watch {
    /** Figures older than this are stale. */
    public static final long STALE_AFTER_MS = 60_000;

    private static final Comparator<Alert> ORDER = Comparator.comparing(Alert::severity)
            .thenComparing(Alert::name)
            .thenComparing(Alert::since)
            .thenComparing(Alert::key, Comparator.nullsFirst(DimensionKey.ORDER))
            .thenComparing(Alert::summary);

    private final Recorder recorder;
    private final InputWatch inputs;
    private final DropWatch drops;
    private final StaleWatch stale;
    private volatile List<Alert> alerts = List.of();

    /** @param nowMs wall-clock time, milliseconds */
    public Watch(WatchedFigures figures, long nowMs) {
        this(figures, nowMs, DropDetection.GREATEST_CHANCE);
    }

    Watch(WatchedFigures figures, long nowMs, double greatestChance) {
        this.recorder = new Recorder(figures, greatestChance);
        this.inputs = new InputWatch(figures, nowMs);
        this.drops = new DropWatch(recorder, inputs);
        this.stale = new StaleWatch(figures, STALE_AFTER_MS);
    }

    /** Looks at the figures as they are now. */
    public void look(long nowMs) {
        stale.look(nowMs);
        inputs.look(nowMs);
        drops.look(recorder.look(nowMs));
        List<Alert> found = new ArrayList<>(drops.alerts());
        found.addAll(inputs.alerts(nowMs));
        Stream.ofNullable(stale.alert()).forEach(found::add);
        found.sort(ORDER);
        alerts = List.copyOf(found);
    }

    /** What is wrong now, the worst first. */
    public List<Alert> alerts() {
        return alerts;
    }
}
