package io.weir.app.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to one HTTP request.
 *
 * @param status HTTP status code
 * @param body whole body; not copied, not to be changed
 * @param headers further headers, by name
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";

    public Reply(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of());
    }

    /** JSON text with this status. */
    public static Reply json(int status, String json) {
        return new Reply(status, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {"error": …}} with this status. */
    static Reply error(int status, String message) {
        return json(
                status,
                "{\"error\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(message)) + "\"}");
    }

    /** The same with one header more. */
    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }
}
