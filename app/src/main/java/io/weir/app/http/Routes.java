package io.weir.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.domain.WindowSize;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Which path shows what. Thread-safe. */
final class Routes {
    static final String REGISTRY_PREFIX = "/registry";

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int DEFAULT_LIMIT = 50;
    private static final int GREATEST_LIMIT = 1_000;

    private final Site site;
    private final Assets assets = new Assets();
    private final ObjectMapper json = new ObjectMapper();

    Routes(Site site) {
        this.site = site;
    }

    /** The mounted API, if this path is below its prefix. */
    @Nullable
    ApiMount mountOf(String path) {
        boolean below = path.equals(REGISTRY_PREFIX) || path.startsWith(REGISTRY_PREFIX + "/");
        return below ? site.registry() : null;
    }

    /** The answer to a GET of this path; 404 where there is nothing. */
    Reply get(String path, Fields query) {
        return switch (path) {
            case "/health/live" -> Reply.json(200, "{\"status\":\"live\"}");
            case "/health/ready" ->
                site.ready().getAsBoolean()
                        ? Reply.json(200, "{\"status\":\"ready\"}")
                        : Reply.json(503, "{\"status\":\"not ready\"}");
            case "/metrics" -> new Reply(200, PROMETHEUS_TEXT, site.metrics().get());
            case "/api/v1/board" -> board(query);
            default -> {
                Reply asset = assets.find(path);
                yield asset == null ? Reply.error(404, "there is nothing at this path") : asset;
            }
        };
    }

    private Reply board(Fields query) {
        Set<WindowSize> sizes;
        int limit;
        try {
            String window = query.getValue("window");
            sizes = window == null ? EnumSet.allOf(WindowSize.class) : EnumSet.of(WindowSize.of(window));
            String rows = query.getValue("limit");
            limit = rows == null ? DEFAULT_LIMIT : Integer.parseInt(rows);
        } catch (IllegalArgumentException e) {
            return Reply.error(400, "window must be 1m, 1h or 1d, and limit a whole number");
        }
        if (limit < 0 || limit > GREATEST_LIMIT) {
            return Reply.error(400, "limit must be 0 to " + GREATEST_LIMIT);
        }
        try {
            byte[] body = json.writeValueAsBytes(site.board().snapshot(sizes, limit));
            return new Reply(200, Reply.JSON, body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the board cannot be written as JSON", e);
        }
    }
}
