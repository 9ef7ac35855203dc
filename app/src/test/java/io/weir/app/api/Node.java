package io.weir.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.figures.FigureRows;
import io.weir.app.figures.LiveFigures;
import io.weir.app.http.Access;
import io.weir.app.http.HttpServer;
import io.weir.app.http.Site;
import io.weir.domain.Credit;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.topology.ServedRows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.state.HostInfo;

/** An instance of a test: a real server on a free port of this machine, over figures that the test makes up. */
public final class Node implements AutoCloseable {
    public static final Instant NOW = Instant.ofEpochMilli(FigureRows.TODAY_MS + 5_000);

    private static final String LOCAL = "127.0.0.1";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public final LiveFigures live = FigureRows.live();
    public final FakeRows rows = new FakeRows(live::watermarkMs);
    public final List<AlertLine> alerts = new CopyOnWriteArrayList<>();
    public final Map<String, List<Credit>> credits = new ConcurrentHashMap<>();
    public final AtomicInteger boards = new AtomicInteger();

    private final FakeCluster cluster;
    private final Api api;
    private final HttpServer server;
    private FakeCluster.View members;

    /** Shop settings of most tests: UTC, 30 visitors, a margin of one half. */
    public static ShopSettings shop() {
        return shop(ZoneOffset.UTC, EnumSet.allOf(WindowSize.class));
    }

    static ShopSettings shop(ZoneId zone, Set<WindowSize> windows) {
        Map<WindowSize, Duration> retention = Map.of(
                WindowSize.MINUTE, Duration.ofDays(2),
                WindowSize.HOUR, Duration.ofDays(8),
                WindowSize.DAY, Duration.ofDays(40));
        return new ShopSettings("test", "CNY", zone, 30, 0.5, FigureRows.GRACE_MS, windows, retention, true, "planted");
    }

    public Node(FakeCluster cluster) throws IOException {
        this(cluster, shop(), Access.open(LOCAL, 0));
    }

    Node(FakeCluster cluster, ShopSettings shop) throws IOException {
        this(cluster, shop, Access.open(LOCAL, 0));
    }

    /** Joins the cluster, and owns nothing yet. */
    public Node(FakeCluster cluster, ShopSettings shop, Access access) throws IOException {
        this.cluster = cluster;
        Members later = new LaterMembers();
        Peers peers = new Peers(
                shop.application(), access.tls() == null ? null : access.tls().client());
        AlertSource alertSource = () -> {
            boards.incrementAndGet();
            return List.copyOf(alerts);
        };
        this.api = new Api(
                shop,
                new Api.Sources(live, rows, alertSource, order -> credits.getOrDefault(order, List.of()), later, peers),
                () -> NOW);
        this.server = new HttpServer(access, new Site(api, () -> true, () -> new byte[0], null));
        server.start();
        this.members = cluster.new View(new HostInfo(LOCAL, server.port()));
        cluster.join(members.self());
    }

    /** The port is known only when the server listens. */
    private final class LaterMembers implements Members {
        @Override
        public int partitions() {
            return members.partitions();
        }

        @Override
        public HostInfo self() {
            return members.self();
        }

        @Override
        public Set<HostInfo> all() {
            return members.all();
        }

        @Override
        public SortedMap<Integer, HostInfo> owners(Half half) {
            return members.owners(half);
        }

        @Override
        public SortedSet<Integer> own(Half half) {
            return members.own(half);
        }
    }

    public Api api() {
        return api;
    }

    FakeCluster.View members() {
        return members;
    }

    /** Makes it the owner of these partitions, with the watermark at midnight and nothing read. */
    public Node owning(int... partitions) {
        for (int partition : partitions) {
            cluster.assign(partition, members.self());
            live.watermarkAdvanced(partition, FigureRows.TODAY_MS);
            live.inputProgressed(FigureRows.progress(partition, new Ledger(), FigureRows.TODAY_MS), Map.of());
        }
        return this;
    }

    /** A row of today, told to this instance, whoever owns the key. */
    public void today(DimensionKey key, Map<Measure, Long> measures) {
        live.rowChanged(partitionOf(key), FigureRows.today(key, measures), Measures.ZERO);
    }

    int partitionOf(DimensionKey key) {
        return ServedRows.partitionOf(key, cluster.partitions());
    }

    public URI uri() {
        return server.uri();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    /** The answer of status 200. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body());
    }

    /** What is said about why there is no answer. */
    String error(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != status) {
            throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body()).get("error").textValue();
    }

    @Override
    public void close() {
        server.close();
    }
}
