package io.weir.app.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A schema registry over HTTP, for processes that are not this one. */
final class RegistryServer implements AutoCloseable {
    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
    private final HttpServer server;

    RegistryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The same registry, for this process. */
    EmbeddedSchemaRegistry registry() {
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            EmbeddedSchemaRegistry.Response response = registry.handle(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), body.isEmpty() ? null : body);
            byte[] json = response.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", EmbeddedSchemaRegistry.CONTENT_TYPE);
            exchange.sendResponseHeaders(response.status(), json.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(json);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
