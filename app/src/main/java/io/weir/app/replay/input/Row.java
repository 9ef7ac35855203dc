package io.weir.app.replay.input;

import io.weir.domain.EventType;
import io.weir.domain.Rejection;

/** What a row of a file turned out to be. */
public sealed interface Row {

    /** An event to publish. */
    record Occurred(PastEvent event) implements Row {}

    /** Something that Weir has no figure for, a cart or a cancellation for example. */
    record Skipped(String kind) implements Row {}

    /** An event that lacks a number or a time, so that Avro cannot carry it; it counts as read and rejected. */
    record Rejected(EventType input, Rejection reason) implements Row {}

    /** No event of a known type, or a number or time that is none. */
    record Unreadable(String reason) implements Row {}
}
