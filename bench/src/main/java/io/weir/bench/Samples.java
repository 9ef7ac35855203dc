package io.weir.bench;

import io.weir.domain.Rules;
import io.weir.domain.Windowing;

/** What the benchmarks of the hot parts are fed with. */
public final class Samples {
    private Samples() {}

    public static Workload workload(long events) {
        return new Workload(events, 0, 300, 0.9, 20, 1, 4);
    }

    public static Rules rules() {
        return new Rules(
                Job.SETTINGS.grace().toMillis(),
                Job.SETTINGS.landingWindow().toMillis(),
                Job.SETTINGS.attributionWindow().toMillis());
    }

    /** For one thread. */
    public static Windowing windowing() {
        return new Windowing(Job.SETTINGS.windows(), Job.SETTINGS.zone());
    }
}
