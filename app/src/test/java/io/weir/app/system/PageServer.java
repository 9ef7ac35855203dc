package io.weir.app.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.domain.Measures;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The page with boards made by hand, so that a test can decide what it is shown and how the connection fails. */
final class PageServer implements AutoCloseable {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

    private static final long EVERY_MS = 250;

    /** What the server does with whoever asks for figures. */
    enum Mode {
        SERVING,
        /** Connections break, and new ones end without an answer. */
        CUT,
        /** Streams stay open and say nothing. */
        SILENT,
        /** 503 with a reason, and for streams that are open an event that says so. */
        REFUSING
    }

    private record Stream(HttpExchange exchange, Map<String, String> query) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.SERVING;
    private volatile Consumer<ObjectNode> change = board -> {};

    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        clock.scheduleWithFixedDelay(() -> streams.forEach(this::tick), EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** The page's address with this query. */
    URI page(String query) {
        return URI.create("http://" + host() + "/" + query);
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on all boards are the shop's with this change. */
    void change(Consumer<ObjectNode> change) {
        this.change = change;
    }

    void become(Mode mode) {
        this.mode = mode;
    }

    /** The paths and queries below {@code /api/} that were asked for. */
    List<String> asked() {
        return asked;
    }

    private ObjectNode board(Map<String, String> query) {
        ObjectNode board = BoardJson.ofShop(query.getOrDefault("window", "today"));
        change.accept(board);
        return board;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (!path.startsWith("/api/")) {
            file(exchange, path.equals("/") ? "index.html" : path.substring(1));
            return;
        }
        asked.add(exchange.getRequestURI().toString());
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        if (mode == Mode.CUT) {
            exchange.close();
        } else if (mode == Mode.REFUSING) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            reply(
                    exchange,
                    503,
                    "application/json",
                    "{\"error\":\"stores are being restored\"}".getBytes(StandardCharsets.UTF_8));
        } else {
            switch (path) {
                case "/api/v1/stream" -> begin(new Stream(exchange, query));
                case "/api/v1/windows" -> json(exchange, SeriesJson.answer(query));
                case "/api/v1/now" -> json(exchange, lookedUp(query));
                default -> json(exchange, board(query));
            }
        }
    }

    /** A product with this name is there, although no board shows it. */
    private static ObjectNode lookedUp(Map<String, String> query) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if ("rare-vase".equals(query.get("product"))) {
            answer.putArray("lines")
                    .add(BoardJson.line("rare-vase", null, null, Measures.of(0, 0, 0, 9, 7, 0, 0, 0, 0, 0, 0)));
        } else {
            answer.putArray("lines");
        }
        return answer;
    }

    private static void file(HttpExchange exchange, String name) throws IOException {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream in = PageServer.class.getResourceAsStream("/io/weir/app/page/" + name)) {
            if (in == null || type == null) {
                reply(exchange, 404, "text/plain", new byte[0]);
            } else {
                reply(exchange, 200, type, in.readAllBytes());
            }
        }
    }

    private static void json(HttpExchange exchange, JsonNode json) throws IOException {
        reply(exchange, 200, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void begin(Stream stream) throws IOException {
        stream.exchange().getResponseHeaders().set("Content-Type", "text/event-stream");
        stream.exchange().sendResponseHeaders(200, 0);
        send(stream, "retry: 500\n\n");
        streams.add(stream);
    }

    private void tick(Stream stream) {
        try {
            switch (mode) {
                case SERVING -> send(stream, "event: board\ndata: " + board(stream.query()) + "\n\n");
                case REFUSING ->
                    send(stream, "event: unavailable\ndata: {\"error\":\"stores are being restored\"}\n\n");
                case CUT -> end(stream);
                case SILENT -> {}
            }
        } catch (IOException e) {
            end(stream); // The page has gone to another address.
        }
    }

    private static void send(Stream stream, String text) throws IOException {
        stream.exchange().getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        stream.exchange().getResponseBody().flush();
    }

    private void end(Stream stream) {
        streams.remove(stream);
        stream.exchange().close();
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        Arrays.stream(raw == null ? new String[0] : raw.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return query;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        streams.forEach(this::end);
        server.stop(0);
        threads.shutdownNow();
    }
}
