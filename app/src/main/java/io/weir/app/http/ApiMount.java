package io.weir.app.http;

/** An API of its own below a path prefix, such as a schema registry. Called by several threads at the same time. */
@FunctionalInterface
public interface ApiMount {

    /**
     * Answers one request.
     *
     * @param method the HTTP method, such as {@code POST}
     * @param path the path below the prefix and the query, percent-encoded as it came, beginning with a slash
     * @param body the request's body, empty when it has none; at most {@link HttpServer#MOST_BODY_BYTES}
     */
    Reply handle(String method, String path, byte[] body);
}
