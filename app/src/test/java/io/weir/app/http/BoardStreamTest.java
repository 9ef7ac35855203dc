package io.weir.app.http;

import static io.weir.app.figures.FigureRows.TODAY_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.api.FakeCluster;
import io.weir.app.api.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The board as server-sent events. */
class BoardStreamTest {
    private static final String STREAM = "/api/v1/stream";

    private Node node;
    private final List<Client> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        node = new Node(new FakeCluster(1)).owning(0);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        for (Client client : clients) {
            client.close();
        }
    }

    /** A connection that reads line by line when it is told to. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(int port, String path, int receiveBytes) throws IOException {
            socket = new Socket();
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next line that begins like this; null at the end of the stream. */
        String next(String prefix) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(prefix)) {
                    return line;
                }
            }
            return null;
        }

        JsonNode data() throws IOException {
            return new ObjectMapper().readTree(next("data: ").substring("data: ".length()));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Client client(String path) throws IOException {
        return client(path, 0);
    }

    private Client client(String path, int receiveBytes) throws IOException {
        Client client = new Client(node.uri().getPort(), path, receiveBytes);
        clients.add(client);
        return client;
    }

    @Test
    void aBoardComesAtOnceAndThenEverySecond() throws Exception {
        Client client = client(STREAM + "?window=1h");
        assertThat(client.next("HTTP/1.1")).startsWith("HTTP/1.1 200");
        assertThat(client.next("Content-Type")).isEqualTo("Content-Type: text/event-stream");
        assertThat(client.next("retry")).isEqualTo("retry: 2000");
        assertThat(client.next("event")).isEqualTo("event: board");
        JsonNode first = client.data();
        assertThat(first).isEqualTo(node.json("/api/v1/board?window=1h"));
        node.live.watermarkAdvanced(0, TODAY_MS + 1_000);
        assertThat(client.next("event")).isEqualTo("event: board");
        assertThat(client.data().get("data_as_of").textValue()).isEqualTo("2026-03-02T00:00:01Z");
    }

    @Test
    void aBoardIsComputedOnceForAllWhoWatchIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            client(STREAM).data();
        }
        int before = node.boards.get();
        for (int i = 0; i < 4; i++) {
            for (Client client : clients) {
                client.data();
            }
        }
        assertThat(node.boards.get() - before).isBetween(2, 6);
    }

    @Test
    void aQuestionThatMakesNoSenseAndABoardThatIsNotThereAreRefusedAsElsewhere() throws Exception {
        assertThat(client(STREAM + "?window=2d").next("HTTP/1.1")).startsWith("HTTP/1.1 400");
        node.live.inputRevoked(0);
        Client client = client(STREAM);
        assertThat(client.next("HTTP/1.1")).startsWith("HTTP/1.1 503");
        assertThat(client.next("Retry-After")).isEqualTo("Retry-After: 2");
    }

    @Test
    void whileAPartIsMissingTheStreamSaysSoAndGoesOn() throws Exception {
        Client client = client(STREAM);
        assertThat(client.data().get("complete").booleanValue()).isTrue();
        node.live.totalsRevoked(0);
        assertThat(client.next("event: unavailable")).isNotNull();
        assertThat(client.data().get("error").textValue()).contains("not here yet");
        node.live.watermarkAdvanced(0, TODAY_MS);
        assertThat(client.next("event: board")).isNotNull();
    }

    @Test
    void streamsEndWhenTheServerStops() throws Exception {
        Client client = client(STREAM);
        client.data();
        node.close();
        assertThat(client.next("nothing more")).isNull();
    }

    @Test
    void aStreamOutlivesTheTimeAfterWhichIdleConnectionsAreClosed() throws Exception {
        Site site = new Site(node.api(), () -> true, () -> new byte[0], null);
        HttpServer.Limits hasty = new HttpServer.Limits(2_500, 1_000, 1_000, 1_000);
        try (HttpServer server = new HttpServer(Access.open("127.0.0.1", 0), site, hasty)) {
            server.start();
            Client watching = new Client(server.port(), STREAM, 0);
            Client idle = new Client(server.port(), "/health/live", 0);
            clients.addAll(List.of(watching, idle));
            for (int board = 0; board < 6; board++) {
                assertThat(watching.data().get("complete").booleanValue()).isTrue();
            }
            assertThat(idle.next("nothing more")).isNull();
            assertThat(watching.data().get("complete").booleanValue()).isTrue();
        }
    }

    @Test
    void thereIsRoomForSoManyStreamsAndEndedOnesMakeRoom() throws Exception {
        for (int i = 0; i < BoardStreams.MOST_STREAMS; i++) {
            client(STREAM).data();
        }
        assertThat(client(STREAM).next("HTTP/1.1")).startsWith("HTTP/1.1 503");
        clients.get(0).close();
        await().until(() -> client(STREAM).next("HTTP/1.1").startsWith("HTTP/1.1 200"));
        assertThat(node.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void thereIsRoomForSoManyDifferentBoards() throws Exception {
        for (int i = 0; i < BoardStreams.MOST_BOARDS; i++) {
            client(STREAM + "?top=" + i).data();
        }
        assertThat(client(STREAM + "?top=999").next("HTTP/1.1")).startsWith("HTTP/1.1 503");
        assertThat(client(STREAM + "?top=3").next("HTTP/1.1")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aClientThatTakesNothingIsDropped() throws Exception {
        StuckSink stuck = new StuckSink();
        List<Throwable> ended = new ArrayList<>();
        EventStream stream = stuck.stream(ended);
        for (int i = 0; i < 1_000; i++) {
            stream.offer(EventStream.event("board", "x".repeat(1_000)));
        }
        assertThat(stuck.written).as("one is being written, the newest waits").hasSize(1);
        stream.dropIfStuck(System.nanoTime());
        assertThat(ended).isEmpty();
        stream.dropIfStuck(System.nanoTime() + EventStream.SLOWEST_NS + 1);
        assertThat(ended).hasSize(1);
        stream.offer(EventStream.event("board", "y"));
        assertThat(stuck.written).hasSize(1);
    }

    @Test
    void aSlowClientMissesWhatItWasTooSlowFor() {
        StuckSink slow = new StuckSink();
        EventStream stream = slow.stream(new ArrayList<>());
        stream.offer(EventStream.event("a", "1"));
        stream.offer(EventStream.event("b", "2"));
        stream.offer(EventStream.event("c", "3"));
        slow.take();
        slow.take();
        assertThat(slow.written).containsExactly("event: a\ndata: 1\n\n", "event: c\ndata: 3\n\n");
        stream.close();
        assertThat(slow.written).hasSize(3).endsWith("");
    }
}
