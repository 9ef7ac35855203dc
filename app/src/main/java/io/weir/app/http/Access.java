package io.weir.app.http;

import org.jspecify.annotations.Nullable;

/**
 * How the server is reached, and by whom.
 *
 * @param port 0 for any free one
 * @param tls null for plain HTTP
 * @param login who may ask; null for anybody
 */
public record Access(
        String host,
        int port,
        @Nullable TlsKeys tls,
        @Nullable BasicLogin login) {
    /** Plain HTTP for anybody who can reach the address. */
    public static Access open(String host, int port) {
        return new Access(host, port, null, null);
    }
}
