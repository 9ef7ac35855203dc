package io.weir.app.http;

import java.io.IOException;

/** The HTTP server cannot listen on its address; the message names the address, the cause and the cure. */
public final class CannotListenException extends IOException {
    private static final long serialVersionUID = 1;

    CannotListenException(String host, int port, Throwable cause) {
        super(
                "cannot listen on " + host + ":" + port + " (" + reason(cause) + "): stop the program that uses it or "
                        + "set http.host and http.port to a free address, for example --set http.port="
                        + (port < 65_535 ? port + 1 : port - 1),
                cause);
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
