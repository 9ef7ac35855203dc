package io.weir.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.api.FakeCluster;
import io.weir.app.api.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    private static final String LOCAL = "127.0.0.1";

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean ready = new AtomicBoolean();
    private Node node;
    private HttpServer server;

    private Site site(ApiMount registry) {
        return new Site(node.api(), ready::get, () -> "weir_up 1\n".getBytes(StandardCharsets.UTF_8), registry);
    }

    @BeforeEach
    void start() throws IOException {
        node = new Node(new FakeCluster(1)).owning(0);
        server = new HttpServer(
                Access.open(LOCAL, 0),
                site((method, path, body) -> Reply.json(200, "\"" + method + " " + path + " " + body.length + "\"")));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        node.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void theProcessIsLiveBeforeItIsReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        ready.set(true);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusTextFormat() throws Exception {
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.body()).isEqualTo("weir_up 1\n");
        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    static Stream<String> pageFiles() {
        return Stream.concat(Stream.of("/"), Assets.FILES.stream().map(file -> "/" + file));
    }

    /** Without those that others have written. */
    static Stream<String> ownPageFiles() {
        return pageFiles().filter(path -> !path.startsWith("/vendor/"));
    }

    @ParameterizedTest
    @MethodSource("pageFiles")
    void thePageAndItsFilesAreServedFromHere(String path) throws Exception {
        HttpResponse<String> file = get(path);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isNotBlank();
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).doesNotContain("octet-stream");
    }

    @ParameterizedTest
    @MethodSource("ownPageFiles")
    void thePageNamesNoOtherHostAndReadsNoTextAsHtml(String path) throws Exception {
        assertThat(get(path).body().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "innerHTML", "insertAdjacentHTML", " style=", "eval(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/v1/", "/Board.class", "/%2e%2e/index.html", "/..%2findex.html", "//etc"})
    void whereThereIsNothingTheAnswerIsAnErrorInJson(String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://" + LOCAL + ":" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new ObjectMapper().readTree(answer.body()).get("error").isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void onlyGetAndHeadAreAllowedOutsideTheRegistry(String method) throws Exception {
        for (String path : new String[] {"/", "/metrics", "/api/v1/stream", "/api/v1/board", "/nothing"}) {
            HttpResponse<String> answer = client.send(
                    request(path).method(method, BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
        }
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        HttpResponse<String> head =
                client.send(request("/").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length").orElseThrow())
                .isEqualTo("" + get("/").body().getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/board", "/metrics", "/nothing", "/registry/subjects"})
    void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void largeBodiesAreCompressedForThoseWhoAccept() throws Exception {
        HttpResponse<byte[]> compressed =
                client.send(request("/app.js").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(get("/app.js").body());
        }
        HttpResponse<String> refused = client.send(
                request("/app.js").header("Accept-Encoding", "gzip;q=0").build(), BodyHandlers.ofString());
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void theRegistryReceivesAnyMethodWithThePathAndQueryBelowItsPrefix() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/registry/subjects/weir.clicks-value/versions?normalize=true")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("\"POST /subjects/weir.clicks-value/versions?normalize=true 2\"");
        assertThat(get("/registry").body()).isEqualTo("\"GET / 0\"");
        assertThat(get("/registryx").statusCode()).isEqualTo(404);
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWhetherItsLengthIsAnnouncedOrNot() throws Exception {
        byte[] tooLong = new byte[HttpServer.MOST_BODY_BYTES + 1];
        HttpRequest announced = request("/registry/subjects")
                .POST(BodyPublishers.ofByteArray(tooLong))
                .build();
        HttpRequest chunked = request("/registry/subjects")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLong)))
                .build();
        assertThat(client.send(announced, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatTricklesInIsGivenUpAndHoldsNobodyElseUp() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (HttpServer hasty = new HttpServer(
                Access.open(LOCAL, 0),
                site((method, path, body) -> Reply.json(200, "{}")),
                new HttpServer.Limits(30_000, 30_000, 1_000, 30_000))) {
            hasty.start();
            // More of them than there are threads.
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(LOCAL, hasty.port());
                slow.add(socket);
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write("POST /registry/x HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            HttpRequest live = HttpRequest.newBuilder(hasty.uri().resolve("/health/live"))
                    .timeout(Duration.ofMillis(900))
                    .build();
            assertThat(client.send(live, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 408")
                        .contains("the body did not come within 1 seconds");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void whenAllConnectionsAreTakenIdleOnesAreClosedAndNewOnesAnswered() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < HttpServer.MOST_CONNECTIONS; i++) {
                idle.add(new Socket(LOCAL, server.port()));
            }
            HttpRequest patient =
                    request("/health/live").timeout(Duration.ofSeconds(20)).build();
            assertThat(client.send(patient, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void withoutARegistryItsPathIsLikeAnyOther() throws Exception {
        try (HttpServer bare = new HttpServer(Access.open(LOCAL, 0), site(null))) {
            bare.start();
            HttpRequest request = HttpRequest.newBuilder(bare.uri().resolve("/registry/subjects"))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aFailureIsA500WithoutDetails() throws Exception {
        ApiMount broken = (method, path, body) -> {
            throw new IllegalStateException("secret detail");
        };
        try (HttpServer failing = new HttpServer(Access.open(LOCAL, 0), site(broken))) {
            failing.start();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(failing.uri().resolve("/registry/x")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret", "Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"})
    void malformedRequestsAreRefusedWithoutDetails(String raw) throws Exception {
        assertThat(exchange(raw)).startsWith("HTTP/1.1 400").doesNotContain("Jetty", "Exception", "jetty");
    }

    @Test
    void oversizedHeadersAreRefused() throws Exception {
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(10_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    private String exchange(String raw) throws IOException {
        try (Socket socket = new Socket(LOCAL, server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aTakenPortIsNamedWithTheCure() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LOCAL));
                HttpServer late = new HttpServer(Access.open(LOCAL, taken.getLocalPort()), site(null))) {
            assertThatThrownBy(late::start)
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("--set http.port=");
        }
    }

    @Test
    void aHostThatIsNotThisMachinesIsNamedWithTheCure() {
        try (HttpServer elsewhere = new HttpServer(Access.open("192.0.2.1", 8080), site(null))) {
            assertThatThrownBy(elsewhere::start)
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining("192.0.2.1:8080")
                    .hasMessageContaining("http.host");
        }
    }

    @Test
    void afterClosingThePortIsFreeAgain() throws Exception {
        int port = server.port();
        server.close();
        try (HttpServer next = new HttpServer(Access.open(LOCAL, port), site(null))) {
            next.start();
            assertThat(next.port()).isEqualTo(port);
        }
    }
}
