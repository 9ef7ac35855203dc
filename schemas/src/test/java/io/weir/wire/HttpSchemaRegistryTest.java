package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.weir.schema.Click;
import io.weir.wire.EmbeddedSchemaRegistry.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {
    private static final Schema CLICK = PortableSchema.of(Click.getClassSchema());

    private RegistryOverHttp server;

    @BeforeEach
    void start() throws IOException {
        server = new RegistryOverHttp();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void schemaIsFetchedOnceAndKept() {
        int id = server.registry.register("weir.clicks-value", CLICK);
        HttpSchemaRegistry client = client(Map.of());
        for (int i = 0; i < 100; i++) {
            assertThat(client.schemaById(id)).isEqualTo(CLICK);
        }
        assertThat(server.requests).containsExactly("GET /schemas/ids/1");
    }

    @Test
    void threadsThatNeedTheSameSchemaShareOneRequest() throws Exception {
        int id = server.registry.register("weir.clicks-value", CLICK);
        HttpSchemaRegistry client = client(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch together = new CountDownLatch(8);
        try {
            List<Future<Schema>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return client.schemaById(id);
                }));
            }
            for (Future<Schema> answer : answers) {
                assertThat(answer.get()).isEqualTo(CLICK);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void registeringIsAskedOncePerSubject() {
        HttpSchemaRegistry client = client(Map.of());
        assertThat(client.register("a/b c-value", CLICK)).isEqualTo(1);
        assertThat(client.register("a/b c-value", CLICK)).isEqualTo(1);
        assertThat(server.requests).containsExactly("POST /subjects/a%2Fb%20c-value/versions");
        assertThat(server.registry.subjects()).containsExactly("a/b c-value");
    }

    @Test
    void registryThatFailsTwiceIsAskedAThirdTime() {
        int id = server.registry.register("weir.clicks-value", CLICK);
        AtomicInteger failures = new AtomicInteger(2);
        server.before =
                exchange -> failures.getAndDecrement() > 0 ? new Response(503, "<html>out of order</html>") : null;
        assertThat(client(Map.of()).schemaById(id)).isEqualTo(CLICK);
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void answerThatIsNoJsonIsTriedAgainToo() {
        int id = server.registry.register("weir.clicks-value", CLICK);
        AtomicInteger failures = new AtomicInteger(1);
        server.before = exchange -> failures.getAndDecrement() > 0 ? new Response(200, "<html/>") : null;
        assertThat(client(Map.of()).schemaById(id)).isEqualTo(CLICK);
    }

    @Test
    void registryThatKeepsFailingIsUnavailableAfterAllRetries() {
        server.before = exchange -> new Response(500, "{\"error_code\":50001,\"message\":\"backend is gone\"}");
        assertThatThrownBy(() -> client(Map.of("max.retries", 2)).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("GET /schemas/ids/1")
                .hasMessageContaining("backend is gone")
                .hasMessageContaining("3 attempts");
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void registryThatCannotBeReachedIsNamed() throws IOException {
        String url = unusedUrl();
        HttpSchemaRegistry client = new HttpSchemaRegistry(quick(Map.of("schema.registry.url", url)));
        assertThatThrownBy(() -> client.schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(url)
                .hasMessageContaining("ConnectException");
        AvroWireDeserializer deserializer = new AvroWireDeserializer(client);
        assertThatThrownBy(() -> deserializer.deserialize("weir.clicks", new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void registryThatNeverAnswersIsGivenUpAfterTheTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        server.before = exchange -> {
            await(end);
            return null;
        };
        try {
            assertThatThrownBy(() -> client(Map.of("http.read.timeout.ms", 200, "max.retries", 0))
                            .schemaById(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("timed out");
        } finally {
            end.countDown();
        }
    }

    @Test
    void bodyThatNeverEndsIsGivenUpAfterTheTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        server.before = exchange -> {
            sendHalf(exchange);
            await(end);
            return new Response(200, "");
        };
        Map<String, Object> impatient =
                Map.of("http.read.timeout.ms", 200, "http.connect.timeout.ms", 200, "max.retries", 0);
        try {
            assertThatThrownBy(() -> client(impatient).schemaById(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no whole answer");
        } finally {
            end.countDown();
        }
    }

    @Test
    void nextServerIsAskedWhenTheFirstIsDown() throws IOException {
        int id = server.registry.register("weir.clicks-value", CLICK);
        HttpSchemaRegistry client =
                new HttpSchemaRegistry(quick(Map.of("schema.registry.url", unusedUrl() + ", " + server.url() + "/")));
        assertThat(client.schemaById(id)).isEqualTo(CLICK);
    }

    @Test
    void unknownIdIsRememberedForHalfAMinute() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        HttpSchemaRegistry client =
                new HttpSchemaRegistry(quick(Map.of("schema.registry.url", server.url())), now::get);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> client.schemaById(1))
                    .isInstanceOfSatisfying(
                            WireException.class,
                            e -> assertThat(e.fault()).isEqualTo(WireException.Fault.UNKNOWN_SCHEMA));
        }
        assertThat(server.requests).hasSize(1);

        server.registry.register("weir.clicks-value", CLICK);
        now.addAndGet(30_000_000_000L);
        assertThat(client.schemaById(1)).isEqualTo(CLICK);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void rememberedIdsAreBounded() {
        RejectedIds ids = new RejectedIds(2, 1_000, () -> 0);
        for (int id = 1; id <= 3; id++) {
            ids.add(id, new WireException(WireException.Fault.UNKNOWN_SCHEMA, "id " + id));
        }
        ids.throwIfKnown(1);
        assertThatThrownBy(() -> ids.throwIfKnown(2)).hasMessage("id 2");
        assertThatThrownBy(() -> ids.throwIfKnown(3)).hasMessage("id 3");
    }

    @Test
    void notFoundFromSomeOtherServerIsNoReasonToGiveUpMessages() {
        server.before = exchange -> new Response(404, "<html>nginx</html>");
        assertThatThrownBy(() -> client(Map.of()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema.registry.url");
        server.before = exchange -> new Response(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        assertThatThrownBy(() -> client(Map.of()).schemaById(1)).isInstanceOf(RegistryUnavailableException.class);
        server.before = exchange -> new Response(200, "{\"hello\":\"world\"}");
        assertThatThrownBy(() -> client(Map.of()).schemaById(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void redirectIsNotFollowedWithOurCredentials() {
        server.before = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
            return new Response(302, "");
        };
        assertThatThrownBy(() -> client(Map.of()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("redirects");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void schemaThatIsNotAvroIsTheWrongOne() {
        server.before = exchange -> new Response(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}");
        assertWrongSchema(client(Map.of()), "PROTOBUF");
        server.before = exchange -> new Response(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}");
        assertWrongSchema(client(Map.of()), "cannot be parsed");
    }

    @Test
    void incompatibleSchemaIsRefusedByName() {
        server.registry.register("weir.clicks-value", PortableSchema.parse("\"string\""));
        assertThatThrownBy(() -> client(Map.of()).register("weir.clicks-value", CLICK))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("io.weir.schema.Click")
                .hasMessageContaining("weir.clicks-value");
    }

    @Test
    void lookupOfASchemaThatIsNotRegisteredSaysWhatToDo() {
        assertThatThrownBy(() -> client(Map.of()).lookup("weir.clicks-value", CLICK))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("auto.register.schemas");
        server.registry.register("weir.clicks-value", CLICK);
        assertThat(client(Map.of()).lookup("weir.clicks-value", CLICK)).isEqualTo(1);
    }

    private HttpSchemaRegistry client(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("schema.registry.url", server.url()));
        all.putAll(settings);
        return new HttpSchemaRegistry(quick(all));
    }

    private static Map<String, Object> quick(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("retries.wait.ms", 1, "retries.max.wait.ms", 2));
        all.putAll(settings);
        return all;
    }

    private static void assertWrongSchema(HttpSchemaRegistry client, String inMessage) {
        assertThatThrownBy(() -> client.schemaById(1))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.fault()).isEqualTo(WireException.Fault.WRONG_SCHEMA))
                .hasMessageContaining(inMessage);
    }

    private static void sendHalf(HttpExchange exchange) {
        try {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String unusedUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
