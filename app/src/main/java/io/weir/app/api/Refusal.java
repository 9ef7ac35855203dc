package io.weir.app.api;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/** A question that gets no answer. The message tells the one who asked the cause and the cure. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int WRONG = 400;
    private static final int UNKNOWN = 404;
    private static final int UNAVAILABLE = 503;

    private final int status;

    private Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The question makes no sense. */
    public static Refusal wrong(String message) {
        return new Refusal(WRONG, message);
    }

    /** What is asked for does not exist, or not any more. */
    public static Refusal unknown(String message) {
        return new Refusal(UNKNOWN, message);
    }

    /** There is no answer now; asking again a little later helps. */
    public static Refusal unavailable(String message) {
        return new Refusal(UNAVAILABLE, message);
    }

    /** Another instance has refused: its reason if the question is at fault, else that there is no answer now. */
    static Refusal passedOn(int status, String reason, String instance) {
        return status == WRONG || status == UNKNOWN
                ? new Refusal(status, reason)
                : unavailable(instance + " answers with status " + status + ": " + reason);
    }

    /** The refusal that this failure means to the one who asked; null if it is a fault. */
    public static @Nullable Refusal of(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof InvalidStateStoreException) {
            return unavailable("partitions are being restored or moved between instances; ask again in a moment");
        }
        if (failure instanceof TimeoutException) {
            return unavailable("the answer took too long; ask again, or for less");
        }
        return null;
    }

    /** HTTP status code. */
    public int status() {
        return status;
    }

    /** Asking again a little later helps. */
    public boolean isTemporary() {
        return status == UNAVAILABLE;
    }

    /** What the one who asked reads. */
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
