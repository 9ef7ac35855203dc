package io.weir.app.system.bad;

import io.weir.domain.EventType;
import io.weir.oracle.EventRow;
import org.apache.kafka.common.header.Headers;

/**
 * One record of the corpus.
 *
 * @param name says what is odd about it; no other has this name
 * @param partition of the input's topic, whatever the key says
 * @param outcome {@code accepted}, {@code duplicate}, {@code late} or {@code rejected} and the reason's label
 * @param counted the event as the batch oracle reads it; null unless the record is accepted
 */
public record BadRecord(
        String name,
        EventType input,
        int partition,
        byte[] key,
        byte[] value,
        Headers headers,
        String outcome,
        EventRow counted) {

    /** Whether the record ends among the dead letters; those that count, are late or come again do not. */
    public boolean isRejected() {
        return outcome.startsWith("rejected ");
    }

    /** Whether the record goes to the late-events topic or to the dead letters. */
    public boolean isKept(boolean late) {
        return late ? outcome.equals("late") : isRejected();
    }

    /** What stands in the header of the kept record. */
    public String reason() {
        return outcome.replace("rejected ", "");
    }
}
