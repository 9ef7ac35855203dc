package io.weir.serde;

import io.weir.domain.Rejection;

/** A record is no valid event. Carries no stack trace: it is an answer, not a fault. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Rejection reason;

    /** @param detail what was found, for people; no personal data */
    public RejectedException(Rejection reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public RejectedException(Rejection reason) {
        this(reason, reason.meaning());
    }

    public Rejection reason() {
        return reason;
    }
}
