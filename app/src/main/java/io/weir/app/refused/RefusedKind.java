package io.weir.app.refused;

import io.weir.app.config.WeirConfig;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import java.util.Arrays;
import java.util.List;

/** The two kinds of records that are kept although they do not count. */
public enum RefusedKind {
    DEAD_LETTERS("dead letters"),
    LATE_EVENTS("late events");

    private final String plural;

    RefusedKind(String plural) {
        this.plural = plural;
    }

    public String plural() {
        return plural;
    }

    public String topic(WeirConfig config) {
        return this == LATE_EVENTS ? config.lateTopic() : config.deadLetterTopic();
    }

    /** What the records of the topic can be there for. */
    public List<String> reasons() {
        return this == LATE_EVENTS
                ? List.of(Outcome.LATE.label())
                : Arrays.stream(Rejection.values()).map(Rejection::label).toList();
    }
}
