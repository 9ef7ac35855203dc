package io.weir.app.replay;

import io.weir.app.replay.input.FileFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What to replay and how.
 *
 * @param watch makes what shows the progress, from how many events the pipeline has processed
 */
public record ReplayPlan(
        FileFormat format, List<Path> files, Replay.Order order, Speed speed, Function<LongSupplier, Progress> watch) {

    Progress progress(LongSupplier processed) {
        return watch.apply(processed);
    }
}
