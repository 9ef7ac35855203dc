package io.weir.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.api.FakeCluster;
import io.weir.app.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, many, or out for what is not theirs hold nobody else up, and get nothing. */
class HostileClientsTest {
    private static final String LOCAL = "127.0.0.1";
    private static final String METRICS = "weir_up 1\n";
    private static final int LARGE_BYTES = 32 << 20;

    private final List<Socket> sockets = new ArrayList<>();
    private Node node;

    @BeforeEach
    void start() throws IOException {
        node = new Node(new FakeCluster(1)).owning(0);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        node.close();
    }

    private HttpServer server(Access access, HttpServer.Limits limits) throws IOException {
        ApiMount large = (method, path, body) -> new Reply(200, "text/plain", new byte[LARGE_BYTES]);
        Site site = new Site(node.api(), () -> true, () -> METRICS.getBytes(StandardCharsets.UTF_8), large);
        HttpServer server = new HttpServer(access, site, limits);
        server.start();
        return server;
    }

    private HttpServer server() throws IOException {
        return server(Access.open(LOCAL, 0), new HttpServer.Limits(30_000, 10_000, 10_000, 120_000));
    }

    private Socket connect(HttpServer server) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(8_192);
        socket.connect(new InetSocketAddress(LOCAL, server.port()), 30_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says one character more; true if nobody listens any more. */
    private static boolean isCutAfter(Socket socket, String text) throws IOException {
        try {
            write(socket, text);
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int liveStatus(HttpServer server, Duration within) throws Exception {
        HttpRequest live = HttpRequest.newBuilder(server.uri().resolve("/health/live"))
                .timeout(within)
                .build();
        return HttpClient.newHttpClient().send(live, BodyHandlers.ofString()).statusCode();
    }

    /** All that comes back, also if the other end is rude. */
    private String exchange(HttpServer server, String raw) throws IOException {
        Socket socket = connect(server);
        socket.setSoTimeout(10_000);
        StringBuilder answer = new StringBuilder();
        try {
            write(socket, raw);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            byte[] part = new byte[8_192];
            for (int bytes = in.read(part); bytes >= 0; bytes = in.read(part)) {
                answer.append(new String(part, 0, bytes, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // It is cut off while it is still sending.
        }
        return answer.toString();
    }

    @Test
    void headersThatTrickleInAreGivenUpAlthoughNoClientIsEverIdle() throws Exception {
        try (HttpServer hasty = server(Access.open(LOCAL, 0), new HttpServer.Limits(30_000, 1_500, 1_000, 30_000))) {
            // More of them than there are threads; half of them on connections that have been answered before.
            for (int i = 0; i < 40; i++) {
                Socket socket = connect(hasty);
                if (i % 2 == 0) {
                    write(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                    socket.getInputStream().skipNBytes(socket.getInputStream().available());
                }
                write(socket, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            }
            assertThat(liveStatus(hasty, Duration.ofMillis(1_400))).isEqualTo(200);
            List<Socket> open = new ArrayList<>(sockets);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                for (Socket socket : List.copyOf(open)) {
                    if (isCutAfter(socket, "x")) {
                        open.remove(socket);
                    }
                }
                return open.isEmpty();
            });
        }
    }

    @Test
    void aTlsHandshakeThatTricklesInIsGivenUp(@TempDir Path folder) throws Exception {
        TlsKeys keys = TlsKeys.read(TestKeys.pkcs12(folder), TestKeys.PASSWORD);
        Access access = new Access(LOCAL, 0, keys, null);
        try (HttpServer hasty = server(access, new HttpServer.Limits(1_500, 1_000, 1_000, 30_000))) {
            Socket socket = connect(hasty);
            // The beginning of a record of 16 KB that never ends.
            write(socket, "\u0016\u0003\u0001\u0040\u0000\u0001\u0000\u003f\u00fc\u0003\u0003");
            await().atMost(Duration.ofSeconds(10)).until(() -> isCutAfter(socket, "\0"));
        }
    }

    @Test
    void whoTakesAnAnswerByteByByteDoesNotGetAllOfIt() throws Exception {
        try (HttpServer hasty = server(Access.open(LOCAL, 0), new HttpServer.Limits(30_000, 1_000, 1_000, 1_500))) {
            Socket socket = connect(hasty);
            write(socket, "GET /registry/large HTTP/1.1\r\nHost: x\r\n\r\n");
            InputStream in = socket.getInputStream();
            int[] taken = {0};
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        assertThat(in.read()).isNotNegative();
                        return ++taken[0] == 50;
                    });
            long rest = 0;
            try {
                for (int bytes = in.read(new byte[65_536]); bytes >= 0; bytes = in.read(new byte[65_536])) {
                    rest += bytes;
                }
            } catch (IOException e) {
                // Cut off in the middle.
            }
            assertThat(rest).isLessThan(LARGE_BYTES - 50);
            assertThat(liveStatus(hasty, Duration.ofSeconds(2))).isEqualTo(200);
        }
    }

    @Test
    void aThousandConnectionsAtOnceCostLittleAndOthersAreAnswered() throws Exception {
        try (HttpServer server = server()) {
            assertThat(liveStatus(server, Duration.ofSeconds(5))).isEqualTo(200);
            long beforeBytes = usedBytes();
            int beforeThreads = ManagementFactory.getThreadMXBean().getThreadCount();
            for (int i = 0; i < 1_000; i++) {
                write(connect(server), "GET / HTTP/1.1\r\nHost: x\r\nX-Half: ");
            }
            assertThat(liveStatus(server, Duration.ofSeconds(20))).isEqualTo(200);
            assertThat(usedBytes() - beforeBytes).isLessThan(64 << 20);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(beforeThreads + 30);
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/..%2f..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/%252e%252e%252fetc%252fpasswd",
                "/..;/..;/etc/passwd",
                "/vendor/..;/index.html",
                "/..\\..\\..\\etc\\passwd",
                "/%5c..%5c..%5cetc%5cpasswd",
                "/vendor/%00/../../logback.xml",
                "/index.html%00.css",
                "/..%c0%af..%c0%afetc/passwd",
                "/%uff0e%uff0e/etc/passwd",
                "//etc/passwd",
                "/.//../logback.xml",
                "/file:/etc/passwd",
                "/../logback.xml",
                "/../../../META-INF/MANIFEST.MF",
                "/io/weir/app/Main.class",
                "/vendor/",
                "/vendor/.",
                "http://elsewhere/../logback.xml",
                "*"
            })
    void noPathLeadsOutOfThePagesFiles(String path) throws Exception {
        try (HttpServer server = server()) {
            String answer = exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*");
            assertThat(answer).hasSizeLessThan(2_000).doesNotContain("root:", "<configuration", "Manifest-Version");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/../metrics",
                "/health/%2e%2e/metrics",
                "/health/..%2fmetrics",
                "/health/..;/metrics",
                "/health/..;x=y/metrics",
                "/health/live/../../metrics",
                "/health/..\\metrics",
                "/health/%252e%252e/metrics",
                "/health;/../metrics",
                "/metrics;/health/",
                "/metrics?/health/",
                "//metrics",
                "/METRICS",
                "http://x/health/../metrics"
            })
    void noPathLeadsAroundTheLogin(String path) throws Exception {
        Access access = new Access(LOCAL, 0, null, new BasicLogin("operations", "secret"));
        try (HttpServer server = server(access, new HttpServer.Limits(30_000, 10_000, 10_000, 120_000))) {
            String answer = exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1\\.1 (400|401|404) .*").doesNotContain(METRICS.strip());
        }
    }

    @Test
    void headerBombsAreRefusedAndOthersAreAnswered() throws Exception {
        try (HttpServer server = server()) {
            assertThat(exchange(server, "GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(5_000) + "\r\n"))
                    .matches("(?s)(HTTP/1\\.1 431 .*)?");
            assertThat(exchange(server, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .matches("(?s)HTTP/1\\.1 414 .*");
            for (String bomb : List.of(
                    "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20 << 20),
                    "GET /" + "x".repeat(20 << 20),
                    "x".repeat(20 << 20),
                    "GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(1 << 20))) {
                assertThat(exchange(server, bomb)).matches("(?s)(HTTP/1\\.1 4(00|14|31) .*)?");
            }
            assertThat(liveStatus(server, Duration.ofSeconds(5))).isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        try (HttpServer server = server()) {
            StringBuilder requests = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                boolean known = i % 3 != 0;
                requests.append(known ? "GET /metrics" : "GET /nothing").append(" HTTP/1.1\r\nHost: x\r\n\r\n");
                expected.append(known ? "200 " : "404 ");
            }
            requests.append("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            expected.append("200 ");
            StringBuilder statuses = new StringBuilder();
            exchange(server, requests.toString())
                    .lines()
                    .filter(line -> line.contains("HTTP/1.1 "))
                    .forEach(line -> statuses.append(line.replaceFirst(".*HTTP/1\\.1 (\\d+) .*", "$1 ")));
            assertThat(statuses).hasToString(expected.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked, identity",
                "X: y\r\n Folded: z",
                "X : y"
            })
    void requestsThatOthersReadDifferentlyAreRefused(String headers) throws Exception {
        try (HttpServer server = server()) {
            String smuggled = "0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(exchange(server, "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n" + smuggled))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain(METRICS.strip());
        }
    }

    @Test
    void aRefusedLoginTellsNothingAndIsForgotten() throws Exception {
        Access access = new Access(LOCAL, 0, null, new BasicLogin("operations", "secret"));
        try (HttpServer server = server(access, new HttpServer.Limits(30_000, 10_000, 10_000, 120_000))) {
            String none = login(server, null);
            assertThat(none).startsWith("HTTP/1.1 401");
            for (String wrong :
                    List.of("operations:wrong", "nobody:secret", "operations:", ":", "", "x".repeat(4_000))) {
                assertThat(login(server, wrong)).as(wrong).isEqualTo(none);
            }
            assertThat(login(server, "operations:secret"))
                    .startsWith("HTTP/1.1 200")
                    .contains(METRICS.strip());
            assertThat(login(server, "operations:secret2")).isEqualTo(none);
            assertThat(login(server, null)).isEqualTo(none);
        }
    }

    /** The answer without its date. */
    private String login(HttpServer server, String login) throws IOException {
        String header = login == null
                ? ""
                : "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        return exchange(server, "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n")
                .replaceFirst("Date: [^\r]*\r\n", "");
    }
}
