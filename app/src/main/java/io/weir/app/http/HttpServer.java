package io.weir.app.http;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link Site} over HTTP or HTTPS: the page at {@code /}, the API below {@code /api/v1}, {@code /health/live},
 * {@code /health/ready}, {@code /metrics} and, when there is one, the registry below {@code /registry}.
 *
 * <p>Whatever a client does, it holds no thread while it does nothing, and a connection only for a while.
 */
public final class HttpServer implements AutoCloseable {
    /** The longest body of a request; only the mounted registry is given it. */
    public static final int MOST_BODY_BYTES = 1 << 20;

    static final int MOST_CONNECTIONS = 512;
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 4;
    private static final int MOST_HEADER_BYTES = 8_192;
    private static final long FULL_IDLE_TIMEOUT_MS = 2_000;
    /** While stopping, a connection without a request under way is closed after this. */
    private static final long CLOSING_IDLE_TIMEOUT_MS = 100;

    private static final Limits LIMITS = new Limits(30_000, 10_000, 10_000, 120_000);
    private static final long STOP_TIMEOUT_MS = 3_000;
    private static final long THREADS_STOP_TIMEOUT_MS = 1_000;

    /** The longest that {@link #close} takes: requests under way, then the threads. */
    public static final Duration STOPS_WITHIN = Duration.ofMillis(STOP_TIMEOUT_MS + THREADS_STOP_TIMEOUT_MS);

    private final Access access;
    private final Server server;
    private final BoardStreams streams;
    private final ServerConnector connector;

    public HttpServer(Access access, Site site) {
        this(access, site, LIMITS);
    }

    /**
     * How long a client may take.
     *
     * @param idleMs to say anything on a connection, or to take what is sent
     * @param headerMs to send a request's header, from its first byte
     * @param bodyMs to send a request's body
     * @param answerMs from the end of a request's header until all of the answer is taken; a stream has no end
     */
    record Limits(long idleMs, long headerMs, long bodyMs, long answerMs) {}

    HttpServer(Access access, Site site, Limits patience) {
        this.access = access;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setStopTimeout(THREADS_STOP_TIMEOUT_MS);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, protocols(access.tls()));
        connector.setHost(access.host());
        connector.setPort(access.port());
        connector.setIdleTimeout(patience.idleMs());
        connector.setShutdownIdleTimeout(CLOSING_IDLE_TIMEOUT_MS);
        server.addConnector(connector);
        NetworkConnectionLimit connections = new NetworkConnectionLimit(MOST_CONNECTIONS, connector);
        connections.setEndPointIdleTimeout(FULL_IDLE_TIMEOUT_MS);
        server.addBean(connections);
        server.setStopTimeout(STOP_TIMEOUT_MS);
        server.setErrorHandler(HttpServer::refuse);
        Routes routes = new Routes(site);
        this.streams = new BoardStreams(routes::board);
        Deadlines deadlines = new Deadlines(
                new HttpHandler(routes, streams, access.login(), patience.bodyMs()),
                new Deadlines.Limits(patience.idleMs(), patience.headerMs(), patience.answerMs()));
        connector.addEventListener(deadlines);
        server.setHandler(new GracefulHandler(deadlines));
    }

    private static ConnectionFactory[] protocols(@Nullable TlsKeys tls) {
        HttpConnectionFactory http = new HttpConnectionFactory(limits());
        if (tls == null) {
            return new ConnectionFactory[] {http};
        }
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setSslContext(tls.server());
        return new ConnectionFactory[] {new SslConnectionFactory(keys, http.getProtocol()), http};
    }

    private static HttpConfiguration limits() {
        HttpConfiguration limits = new HttpConfiguration();
        limits.setSendServerVersion(false);
        limits.setSendXPoweredBy(false);
        limits.setRequestHeaderSize(MOST_HEADER_BYTES);
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
            throw new CannotListenException(access.host(), access.port(), e);
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
        String host = access.host().contains(":") ? "[" + access.host() + "]" : access.host();
        return URI.create((access.tls() == null ? "http" : "https") + "://" + host + ":" + port() + "/");
    }

    /** Ends the streams, stops listening, lets requests under way finish for up to three seconds, then ends. */
    @Override
    public void close() {
        streams.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        } finally {
            connector.close();
        }
    }
}
