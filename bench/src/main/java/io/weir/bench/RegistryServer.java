package io.weir.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A schema registry on a free port of this machine, which every engine asks over HTTP. */
final class RegistryServer implements AutoCloseable {
    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
    private final HttpServer server;

    private RegistryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    static RegistryServer start() throws IOException {
        return new RegistryServer();
    }

    EmbeddedSchemaRegistry registry() {
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            EmbeddedSchemaRegistry.Response response = registry.handle(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
            byte[] json = response.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", EmbeddedSchemaRegistry.CONTENT_TYPE);
            exchange.sendResponseHeaders(response.status(), json.length);
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
