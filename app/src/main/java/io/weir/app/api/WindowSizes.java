package io.weir.app.api;

import io.weir.domain.WindowSize;
import java.util.Arrays;
import java.util.Set;

/** The tumbling windows that can be asked for. */
final class WindowSizes {
    private WindowSizes() {}

    /** The one that {@code window} names, of those that are computed. */
    static WindowSize of(Question question, Set<WindowSize> computed) {
        return question.oneOf(
                "window",
                Arrays.stream(WindowSize.values()).filter(computed::contains).toList(),
                WindowSize::label,
                null);
    }
}
