package io.weir.serde;

import io.weir.domain.Rejection;
import org.jspecify.annotations.Nullable;

/** A record is no valid event. Carries no stack trace: it is an answer, not a fault. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Rejection reason;
    private final boolean keyIsVisitor;

    private RejectedException(Rejection reason, @Nullable String detail, boolean keyIsVisitor) {
        super(detail, null, false, false);
        this.reason = reason;
        this.keyIsVisitor = keyIsVisitor;
    }

    /** @param detail what was found, for people; no personal data */
    public RejectedException(Rejection reason, String detail) {
        this(reason, detail, false);
    }

    public RejectedException(Rejection reason) {
        this(reason, reason.meaning());
    }

    /** The same of a record whose key has been seen to be its visitor's id. */
    public RejectedException ofVisitorInKey() {
        return new RejectedException(reason, getMessage(), true);
    }

    public Rejection reason() {
        return reason;
    }

    /** Whether the record's key is its visitor's id; false also where that is not known. */
    public boolean keyIsVisitor() {
        return keyIsVisitor;
    }
}
