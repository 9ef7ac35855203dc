package io.weir.app.faults;

/** Where a stream thread stands in a commit, as its producer sees it. */
enum CommitPhase {
    /** About to write the first journey that has changed since the last commit. */
    BEFORE_FLUSH,
    /** All stores are flushed; the offsets have not been sent. */
    FLUSHED,
    /** The offsets are part of the transaction, which has not been committed. */
    OFFSETS_SENT,
    /** The broker has committed; the thread does not know it yet. */
    COMMITTED
}
