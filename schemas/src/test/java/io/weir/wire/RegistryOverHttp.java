package io.weir.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.weir.wire.EmbeddedSchemaRegistry.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An embedded registry behind the JDK's HTTP server, on a free port of 127.0.0.1, that can be told to misbehave. */
final class RegistryOverHttp implements AutoCloseable {
    final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();

    /** Method and path of each request so far. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Asked first for each request; null lets the registry answer. */
    volatile Function<HttpExchange, Response> before = exchange -> null;

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RegistryOverHttp() throws IOException {
        this("http", HttpServer.create(local(), 0));
    }

    private RegistryOverHttp(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static RegistryOverHttp tls(HttpsConfigurator configurator) throws IOException {
        HttpsServer server = HttpsServer.create(local(), 0);
        server.setHttpsConfigurator(configurator);
        return new RegistryOverHttp("https", server);
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(exchange.getRequestMethod() + " " + path);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Response response = before.apply(exchange);
            if (response == null) {
                response = registry.handle(exchange.getRequestMethod(), path, body.isEmpty() ? null : body);
            }
            byte[] bytes = response.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", EmbeddedSchemaRegistry.CONTENT_TYPE);
            exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
