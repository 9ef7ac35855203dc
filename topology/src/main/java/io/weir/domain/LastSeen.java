package io.weir.domain;

/**
 * When a visitor last visited and last paid under one dimension key, event time, {@link Long#MIN_VALUE} for never.
 *
 * <p>One pair answers for the windows of all sizes at once: whatever comes next lies later, so the visitor is new in its
 * window exactly when the last time lies before the window's start.
 */
record LastSeen(long visitMs, long paymentMs) {
    static final long NEVER = Long.MIN_VALUE;
    static final LastSeen NOT_YET = new LastSeen(NEVER, NEVER);

    LastSeen visitedAt(long timeMs) {
        return new LastSeen(timeMs, paymentMs);
    }

    LastSeen paidAt(long timeMs) {
        return new LastSeen(visitMs, timeMs);
    }

    long latestMs() {
        return Math.max(visitMs, paymentMs);
    }

    void write(BinaryWriter out) {
        out.writeByte((visitMs == NEVER ? 0 : 1) | (paymentMs == NEVER ? 0 : 2));
        if (visitMs != NEVER) {
            out.writeTime(visitMs);
        }
        if (paymentMs != NEVER) {
            out.writeTime(paymentMs);
        }
    }

    static LastSeen read(BinaryReader in) {
        int known = in.readByte();
        long visitMs = (known & 1) == 0 ? NEVER : in.readTime();
        long paymentMs = (known & 2) == 0 ? NEVER : in.readTime();
        return new LastSeen(visitMs, paymentMs);
    }
}
