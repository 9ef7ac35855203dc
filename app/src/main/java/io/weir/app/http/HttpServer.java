package io.weir.app.http;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a {@link Site} over HTTP: the page at {@code /}, {@code /api/v1/board}, {@code /health/live},
 * {@code /health/ready}, {@code /metrics} and, when there is one, the registry below {@code /registry}.
 *
 * <p>Speaks plain HTTP without authentication, so it belongs on the local host or behind a proxy that adds both.
 */
public final class HttpServer implements AutoCloseable {
    /** The longest body of a request; only the mounted registry is given it. */
    public static final int MOST_BODY_BYTES = 1 << 20;

    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 4;
    private static final int MOST_HEADER_BYTES = 8_192;
    private static final long IDLE_TIMEOUT_MS = 30_000;
    private static final long FULL_IDLE_TIMEOUT_MS = 2_000;
    /** While stopping, a connection without a request under way is closed after this. */
    private static final long CLOSING_IDLE_TIMEOUT_MS = 100;

    private static final long LEAST_BODY_BYTES_PER_SECOND = 500;
    private static final long STOP_TIMEOUT_MS = 3_000;

    private final String host;
    private final int port;
    private final Server server;
    private final ServerConnector connector;

    /** @param port 0 for any free one */
    public HttpServer(String host, int port, Site site) {
        this.host = host;
        this.port = port;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(limits()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT_MS);
        connector.setShutdownIdleTimeout(CLOSING_IDLE_TIMEOUT_MS);
        server.addConnector(connector);
        NetworkConnectionLimit connections = new NetworkConnectionLimit(MOST_CONNECTIONS, connector);
        connections.setEndPointIdleTimeout(FULL_IDLE_TIMEOUT_MS);
        server.addBean(connections);
        server.setStopTimeout(STOP_TIMEOUT_MS);
        server.setErrorHandler(HttpServer::refuse);
        server.setHandler(new GracefulHandler(new HttpHandler(new Routes(site))));
    }

    private static HttpConfiguration limits() {
        HttpConfiguration limits = new HttpConfiguration();
        limits.setSendServerVersion(false);
        limits.setSendXPoweredBy(false);
        limits.setRequestHeaderSize(MOST_HEADER_BYTES);
        limits.setMinRequestDataRate(LEAST_BODY_BYTES_PER_SECOND);
        limits.setUriCompliance(UriCompliance.DEFAULT);
        return limits;
    }

    /** Answers what never reached a route, such as a malformed or oversized request, without telling details. */
    private static boolean refuse(Request request, Response response, Callback callback) {
        byte[] body =
                Reply.error(response.getStatus(), "the request was refused").body();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.JSON);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /**
     * Starts answering.
     *
     * @throws CannotListenException if the address is taken or not this machine's
     */
    public void start() throws IOException {
        try {
            connector.open();
        } catch (IOException | RuntimeException e) {
            throw new CannotListenException(host, port, e);
        }
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException("the HTTP server did not start: " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where the page is. */
    public URI uri() {
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + authority + ":" + port() + "/");
    }

    /** Stops listening, lets requests under way finish for up to three seconds, then ends. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        } finally {
            connector.close();
        }
    }
}
