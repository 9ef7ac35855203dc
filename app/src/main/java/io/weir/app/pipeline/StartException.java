package io.weir.app.pipeline;

/** Weir cannot start or go on; the message names the cause and the cure for people. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
