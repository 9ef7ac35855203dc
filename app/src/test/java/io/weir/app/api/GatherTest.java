package io.weir.app.api;

import static io.weir.app.figures.FigureRows.DAY_MS;
import static io.weir.app.figures.FigureRows.MINUTE_MS;
import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.figures.FigureRows;
import io.weir.domain.ConsideredTouch;
import io.weir.domain.Credit;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any instance answers for all, or says that it cannot. */
class GatherTest {
    private static final int PARTITIONS = 4;
    private static final String PRODUCTS = "/api/v1/now?dimension=product&window=today";

    private final FakeCluster cluster = new FakeCluster(PARTITIONS);
    private Node one;
    private Node other;

    @BeforeEach
    void start() throws IOException {
        one = new Node(cluster).owning(0, 2);
        other = new Node(cluster).owning(1, 3);
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    /** The instance that owns this key. */
    private Node owner(DimensionKey key) {
        return one.partitionOf(key) % 2 == 0 ? one : other;
    }

    private void tell(DimensionKey key, Map<Measure, Long> measures) {
        owner(key).today(key, measures);
    }

    private void products(int count) {
        for (int i = 0; i < count; i++) {
            tell(DimensionKey.product("p" + i), visitors(i + 1));
        }
    }

    @Test
    void anyKeyAskedOfEitherGivesTheSameAnswer() throws Exception {
        products(20);
        for (int i = 0; i < 20; i++) {
            String path = PRODUCTS + "&product=p" + i;
            JsonNode answer = one.json(path);
            assertThat(answer).isEqualTo(other.json(path));
            assertThat(answer.at("/lines/0/measures/visitors").longValue()).isEqualTo(i + 1);
        }
    }

    @Test
    void theFirstOfAllAreThoseOfOneInstanceWithEverything() throws Exception {
        products(100);
        FakeCluster alone = new FakeCluster(PARTITIONS);
        try (Node all = new Node(alone).owning(0, 1, 2, 3)) {
            for (int i = 0; i < 100; i++) {
                all.today(DimensionKey.product("p" + i), visitors(i + 1));
            }
            for (String order : List.of("&top=7", "&top=1000", "&top=5&order=asc", "&top=9&by=conversion_rate")) {
                JsonNode answer = one.json(PRODUCTS + order);
                assertThat(answer).isEqualTo(other.json(PRODUCTS + order)).isEqualTo(all.json(PRODUCTS + order));
                assertThat(answer.get("keys").longValue()).isEqualTo(100);
            }
        }
    }

    @Test
    void aTumblingWindowIsGatheredTooAndASeriesForwarded() throws Exception {
        List<DimensionKey> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            DimensionKey key = DimensionKey.product("p" + i);
            keys.add(key);
            owner(key).rows.rows.add(row(WindowSize.HOUR, TODAY_MS, key, visitors(i + 1)));
        }
        String top = "/api/v1/windows/top?dimension=product&window=1h&top=4&start=2026-03-02T00:30:00Z";
        JsonNode answer = one.json(top);
        assertThat(answer).isEqualTo(other.json(top));
        assertThat(answer.get("lines").findValuesAsText("product")).containsExactly("p9", "p8", "p7", "p6");
        assertThat(answer.get("keys").longValue()).isEqualTo(10);
        for (DimensionKey key : keys) {
            String series = "/api/v1/windows?dimension=product&window=1h&product=" + key.productId();
            assertThat(one.json(series)).isEqualTo(other.json(series));
            assertThat(one.json(series).get("lines")).hasSize(1);
        }
    }

    @Test
    void theWatermarkIsTheLeastAndLedgersAddUp() throws Exception {
        one.live.watermarkAdvanced(0, TODAY_MS + 3_000);
        one.live.watermarkAdvanced(2, TODAY_MS + 4_000);
        other.live.watermarkAdvanced(1, TODAY_MS + 1_000);
        other.live.watermarkAdvanced(3, TODAY_MS + 2_000);
        Ledger clicks = new Ledger();
        clicks.add(EventType.CLICK, Outcome.ACCEPTED, 5);
        one.live.inputProgressed(FigureRows.progress(0, clicks, TODAY_MS + 9_000), Map.of());
        other.live.inputProgressed(FigureRows.progress(3, clicks, TODAY_MS + 7_000), Map.of());
        JsonNode board = one.json("/api/v1/board");
        assertThat(board).isEqualTo(other.json("/api/v1/board"));
        assertThat(board.get("data_as_of").textValue()).isEqualTo("2026-03-02T00:00:01Z");
        assertThat(board.get("stream_time").textValue()).isEqualTo("2026-03-02T00:00:09Z");
        assertThat(board.get("seconds_behind").doubleValue()).isEqualTo(4);
        assertThat(board.at("/inputs/clicks/accepted").longValue()).isEqualTo(10);
        assertThat(board.get("instances").intValue()).isEqualTo(2);
        assertThat(board.at("/partitions/totals").intValue()).isEqualTo(PARTITIONS);
    }

    @Test
    void anInstanceThatIsADayAheadShowsTheDayOfTheOthers() throws Exception {
        products(20);
        one.live.watermarkAdvanced(0, TODAY_MS + DAY_MS + 1_000);
        one.live.watermarkAdvanced(2, TODAY_MS + DAY_MS + 1_000);
        other.live.watermarkAdvanced(1, TODAY_MS + DAY_MS - 1_000);
        other.live.watermarkAdvanced(3, TODAY_MS + DAY_MS - 1_000);
        JsonNode answer = one.json(PRODUCTS);
        assertThat(answer.get("start").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(answer.get("keys").longValue()).isEqualTo(20);
        assertThat(answer).isEqualTo(other.json(PRODUCTS));
    }

    @Test
    void theLastMinuteIsTheSameOneEverywhere() throws Exception {
        DimensionKey[] keys = {DimensionKey.source("a"), DimensionKey.source("b"), DimensionKey.source("c")};
        for (DimensionKey key : keys) {
            for (int minute = 0; minute < 3; minute++) {
                owner(key)
                        .live
                        .rowChanged(
                                one.partitionOf(key),
                                row(WindowSize.MINUTE, TODAY_MS + minute * MINUTE_MS, key, visitors(minute + 1)),
                                Measures.ZERO);
            }
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            boolean ahead = partition % 2 == 0;
            (ahead ? one : other)
                    .live.watermarkAdvanced(partition, TODAY_MS + 2 * MINUTE_MS + (ahead ? MINUTE_MS : 59_000));
        }
        JsonNode answer = other.json("/api/v1/now?dimension=source&window=1m");
        assertThat(answer.get("start").textValue()).isEqualTo("2026-03-02T00:01:00Z");
        assertThat(answer.at("/lines"))
                .hasSize(3)
                .allMatch(line -> line.at("/measures/visitors").longValue() == 2);
    }

    @Test
    void rollingWindowsOfInstancesAtDifferentMinutesAreNotMixed() throws Exception {
        one.live.watermarkAdvanced(0, TODAY_MS + MINUTE_MS);
        one.live.watermarkAdvanced(2, TODAY_MS + MINUTE_MS);
        String hour = "/api/v1/now?dimension=source&window=1h";
        assertThat(one.error(hour, 503)).contains("1h are being caught up with");
        assertThat(other.error(hour, 503)).contains("1h are being caught up with");
        JsonNode board = other.json("/api/v1/board");
        assertThat(board.at("/shop/1h").isNull()).isTrue();
        assertThat(board.at("/shop/today/start").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        other.live.watermarkAdvanced(1, TODAY_MS + MINUTE_MS);
        other.live.watermarkAdvanced(3, TODAY_MS + MINUTE_MS);
        assertThat(one.json(hour)).isEqualTo(other.json(hour));
    }

    @Test
    void aPartitionThatIsBeingRestoredIsNamedAndNothingIsAnswered() throws Exception {
        products(20);
        other.members().restore(3);
        other.live.totalsRevoked(3);
        assertThat(one.error(PRODUCTS, 503)).contains("totals partition 3", "has not restored it yet");
        assertThat(one.get(PRODUCTS).headers().firstValue("Retry-After")).hasValue("2");
        assertThat(one.error("/api/v1/board", 503)).contains("totals partition 3");
        assertThat(other.error("/api/v1/alerts", 503)).contains("totals partition 3");
        for (int i = 0; i < 20; i++) {
            DimensionKey key = DimensionKey.product("p" + i);
            int status = one.get(PRODUCTS + "&product=p" + i).statusCode();
            assertThat(status).isEqualTo(one.partitionOf(key) == 3 ? 503 : 200);
        }
    }

    @Test
    void aPartitionWithoutAnOwnerIsNamed() throws Exception {
        cluster.withdraw(1);
        other.live.totalsRevoked(1);
        assertThat(one.error(PRODUCTS, 503)).contains("totals partition 1 is missing", "no owner yet");
        for (int i = 0; i < 20; i++) {
            if (one.partitionOf(DimensionKey.product("p" + i)) == 1) {
                assertThat(one.error(PRODUCTS + "&product=p" + i, 503)).contains("no owner yet");
            }
        }
    }

    @Test
    void aPartitionThatTwoInstancesClaimCountsForNeither() throws Exception {
        one.members().linger(1);
        one.live.watermarkAdvanced(1, TODAY_MS);
        assertThat(one.error(PRODUCTS, 503)).contains("totals partition 1 is moving from");
        assertThat(other.error(PRODUCTS, 503)).contains("totals partition 1 is moving from");
    }

    @Test
    void anInstanceThatHasGoneIsNamed() throws Exception {
        int port = other.uri().getPort();
        other.close();
        assertThat(one.error(PRODUCTS, 503)).contains("127.0.0.1:" + port, "does not answer (no connection)");
    }

    @Test
    void anInstanceThatAcceptsAndDoesNotAnswerIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            cluster.assign(1, new HostInfo("127.0.0.1", silent.getLocalPort()));
            other.live.totalsRevoked(1);
            assertThat(one.error(PRODUCTS, 503)).contains("does not answer", "timed out");
        }
    }

    @Test
    void aStrangerOnThePortOfAnInstanceIsNotTakenForIt() throws Exception {
        ShopSettings shop = Node.shop();
        ShopSettings strange = new ShopSettings(
                "strange",
                shop.currency(),
                shop.zone(),
                shop.minVisitors(),
                shop.margin(),
                shop.graceMs(),
                shop.windows(),
                shop.retention(),
                false,
                null);
        try (Node stranger = new Node(new FakeCluster(PARTITIONS), strange).owning(1, 3)) {
            cluster.assign(1, new HostInfo("127.0.0.1", stranger.uri().getPort()));
            other.live.totalsRevoked(1);
            assertThat(one.error(PRODUCTS, 503)).contains("application strange, not of test");
        }
    }

    @Test
    void whatIsAskedOfAnInstanceAloneIsNeverAskedOfAnother() throws Exception {
        // Each takes the other for the owner of everything.
        other.close();
        JsonNode part = one.json("/api/v1/local/now?application=test&dimension=product&window=today");
        assertThat(part.get("partitions")).hasSize(2);
        assertThat(one.error("/api/v1/local/now?dimension=product&window=today", 400))
                .contains("application is missing");
    }

    @Test
    void alertsOfAllAreListedTheMostSevereFirstAndEachOnce() throws Exception {
        AlertLine late = alert("stale", "warning", null, "2026-03-02T00:02:00Z");
        one.alerts.add(late);
        other.alerts.add(alert("stale", "warning", null, "2026-03-02T00:01:00Z"));
        one.alerts.add(alert("drop", "critical", "mug", "2026-03-02T00:03:00Z"));
        JsonNode answer = other.json("/api/v1/alerts");
        assertThat(answer.get("alerts").findValuesAsText("name")).containsExactly("drop", "stale");
        assertThat(answer.at("/alerts/1/since").textValue()).isEqualTo("2026-03-02T00:01:00Z");
        assertThat(answer.at("/alerts/0/figures/rate").doubleValue()).isEqualTo(0.5);
        assertThat(answer.get("as_of").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(one.json("/api/v1/board").get("alerts")).isEqualTo(answer.get("alerts"));
    }

    private static AlertLine alert(String name, String severity, String product, String since) {
        return new AlertLine(
                name, severity, "product", product, null, null, since, "summary", "reason", Map.of("rate", 0.5));
    }

    @Test
    void creditsAreFoundWhereverTheVisitorLives() throws Exception {
        ConsideredTouch visit =
                new ConsideredTouch(EventType.VISIT, "pot", "weibo", null, TODAY_MS - MINUTE_MS, 2, true);
        other.credits.put("o-1", List.of(credit("b", TODAY_MS, List.of(visit))));
        one.credits.put("o-1", List.of(credit("a", TODAY_MS + 1, List.of())));
        JsonNode answer = one.json("/api/v1/credit?order=o-1");
        assertThat(answer).isEqualTo(other.json("/api/v1/credit?order=o-1"));
        assertThat(answer.get("lines").findValuesAsText("payment_id")).containsExactly("b", "a");
        assertThat(answer.at("/lines/0").toString())
                .isEqualTo("{\"payment_id\":\"b\",\"product\":\"mug\",\"time\":\"2026-03-02T00:00:00Z\",\"quantity\":2,"
                        + "\"amount_micros\":5000000,\"credit\":{\"source\":\"weibo\",\"campaign\":null,\"halo\":true,"
                        + "\"rule\":2,\"why\":\"No touch on the paid product was other than direct; it is the last such"
                        + " touch on another product.\"},\"considered\":[{\"kind\":\"visit\",\"product\":\"pot\","
                        + "\"source\":\"weibo\",\"campaign\":null,\"time\":\"2026-03-01T23:59:00Z\",\"rule\":2,"
                        + "\"chosen\":true}]}");
        assertThat(one.error("/api/v1/credit?order=o-2", 404)).contains("no payment of the order o-2 is known");
        assertThat(one.error("/api/v1/credit", 400)).contains("order is missing");
        other.members().restore(1);
        assertThat(one.error("/api/v1/credit?order=o-1", 503)).contains("input partition 1");
    }

    private static Credit credit(String paymentId, long timeMs, List<ConsideredTouch> considered) {
        return new Credit(paymentId, "o-1", "mug", timeMs, 2, 5_000_000, "weibo", null, true, 2, considered);
    }
}
