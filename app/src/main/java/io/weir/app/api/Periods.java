package io.weir.app.api;

import io.weir.app.figures.Period;
import io.weir.domain.WindowSize;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The periods that can be asked for. */
final class Periods {
    private Periods() {}

    /** Those that the computed windows give: today comes from days, all others from minutes. */
    static List<Period> known(Set<WindowSize> windows) {
        return Arrays.stream(Period.values())
                .filter(period -> windows.contains(period == Period.TODAY ? WindowSize.DAY : WindowSize.MINUTE))
                .toList();
    }

    /** The one that {@code window} names. */
    static Period of(Question question, Set<WindowSize> windows, @Nullable Period otherwise) {
        List<Period> known = known(windows);
        if (known.isEmpty()) {
            throw Refusal.unknown("nothing is shown live with these windows; add 1m or 1d to the setting windows");
        }
        return question.oneOf("window", known, Period::label, otherwise);
    }

    /** Its figures are not known for now. */
    static Refusal behind(Period period) {
        return Refusal.unavailable(
                "the figures of " + period.label() + " are being caught up with; ask again in a moment");
    }
}
