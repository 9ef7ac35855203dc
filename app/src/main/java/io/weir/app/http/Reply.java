package io.weir.app.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer to one HTTP request.
 *
 * @param status HTTP status code
 * @param body whole body; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Reply(int status, String contentType, byte[] body) {
    static final String JSON = "application/json";

    /** JSON text with this status. */
    public static Reply json(int status, String json) {
        return new Reply(status, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {"error": …}} with this status; the message must need no escaping in JSON. */
    static Reply error(int status, String message) {
        return json(status, "{\"error\":\"" + message + "\"}");
    }
}
