package io.weir.app.api;

import io.weir.app.figures.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part whose figures are about stretches of time that move with the watermark. */
interface TimedPart extends Part {
    /** The least of its partitions; null while nothing has been read from the inputs. */
    @Nullable
    Long watermarkMs();

    /** Where the stretches lie, by label. */
    Map<String, Span> spans();
}
