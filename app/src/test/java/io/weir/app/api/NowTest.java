package io.weir.app.api;

import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.today;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NowTest {
    private Node node;

    @BeforeEach
    void start() throws IOException {
        node = new Node(new FakeCluster(1));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static void assertProducts(JsonNode answer, String... products) {
        assertThat(answer.get("lines").findValuesAsText("product")).containsExactly(products);
    }

    @Test
    void ratiosAreThoseOfTheSummedMeasures() throws Exception {
        node.owning(0)
                .today(
                        DimensionKey.TOTAL,
                        Map.of(
                                Measure.CLICKS, 80L,
                                Measure.COST_MICROS, 100_000_000L,
                                Measure.LANDINGS, 60L,
                                Measure.VISITORS, 200L,
                                Measure.BUYERS, 10L,
                                Measure.REVENUE_MICROS, 500_000_000L));
        JsonNode line = node.json("/api/v1/now?dimension=total&window=today").at("/lines/0");
        assertThat(line.at("/ratios").toString())
                .isEqualTo(
                        "{\"conversion_rate\":0.05,\"revenue_per_buyer\":50.0,\"visitor_value\":2.5,"
                                + "\"visitor_cost\":0.5,\"cost_per_click\":1.25,\"landing_rate\":0.75,\"roas\":5.0,\"roi\":1.5}");
        assertThat(line.at("/measures/revenue_micros").longValue()).isEqualTo(500_000_000);
        assertThat(line.at("/reliable").booleanValue()).isTrue();
        assertThat(line.get("product").isNull()).isTrue();
    }

    @Test
    void aRatioWithAZeroDenominatorIsNullAndFewVisitorsAreNotReliable() throws Exception {
        node.owning(0).today(DimensionKey.source("weibo"), Map.of(Measure.REVENUE_MICROS, 5L));
        JsonNode line = node.json("/api/v1/now?dimension=source&window=today").at("/lines/0");
        assertThat(line.get("ratios")).allMatch(JsonNode::isNull).hasSize(8);
        assertThat(line.get("reliable").booleanValue()).isFalse();
    }

    @Test
    void itSaysWhichStretchOfTimeItIsAboutAndAsOfWhen() throws Exception {
        node.owning(0).live.watermarkAdvanced(0, TODAY_MS + 150_500);
        JsonNode today = node.json("/api/v1/now?dimension=product&window=today");
        assertThat(today.get("start").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(today.get("end").textValue()).isEqualTo("2026-03-03T00:00:00Z");
        assertThat(today.get("is_final").booleanValue()).isFalse();
        assertThat(today.get("as_of").textValue()).isEqualTo("2026-03-02T00:02:30.500Z");
        assertThat(today.get("currency").textValue()).isEqualTo("CNY");
        JsonNode fiveMinutes = node.json("/api/v1/now?dimension=product&window=5m");
        assertThat(fiveMinutes.get("start").textValue()).isEqualTo("2026-03-01T23:57:00Z");
        assertThat(fiveMinutes.get("end").textValue()).isEqualTo("2026-03-02T00:02:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "by=visitors, many, few, none",
        "by=visitors&order=asc, none, few, many",
        "by=conversion_rate, few, many, none",
        "by=conversion_rate&order=asc, many, few, none",
    })
    void keysAreRankedByAnyMeasureOrRatioAndUndefinedRatiosComeLastEitherWay(
            String order, String first, String second, String third) throws Exception {
        node.owning(0).today(DimensionKey.product("many"), Map.of(Measure.VISITORS, 90L, Measure.BUYERS, 1L));
        node.today(DimensionKey.product("few"), Map.of(Measure.VISITORS, 10L, Measure.BUYERS, 1L));
        node.today(DimensionKey.product("none"), Map.of(Measure.REVENUE_MICROS, 1L));
        assertProducts(node.json("/api/v1/now?dimension=product&window=today&" + order), first, second, third);
    }

    @Test
    void onlyTheFirstKeysAreListedButAllAreCounted() throws Exception {
        node.owning(0);
        for (int i = 0; i < 60; i++) {
            node.today(DimensionKey.product("p" + i), visitors(i + 1));
        }
        JsonNode answer = node.json("/api/v1/now?dimension=product&window=today&top=2");
        assertThat(answer.get("keys").longValue()).isEqualTo(60);
        assertProducts(answer, "p59", "p58");
        assertThat(node.json("/api/v1/now?dimension=product&window=today").get("lines"))
                .hasSize(50);
    }

    @Test
    void oneKeyIsAnsweredExactlyAlsoWhenTheHeapDoesNotHoldIt() throws Exception {
        DimensionKey heap = DimensionKey.productSource("a&b", "=x");
        DimensionKey stored = DimensionKey.productSource("stored", "x");
        node.owning(0).today(heap, visitors(3));
        node.rows.rows.add(today(stored, visitors(4)));
        node.rows.lastHour.put(stored, measures(visitors(5)));
        String call = "/api/v1/now?dimension=product_source&window=";
        assertThat(node.json(call + "today&product=a%26b&source=%3Dx")
                        .at("/lines/0/measures/visitors")
                        .longValue())
                .isEqualTo(3);
        assertThat(node.json(call + "today&product=stored&source=x")
                        .at("/lines/0/measures/visitors")
                        .longValue())
                .isEqualTo(4);
        assertThat(node.json(call + "1h&product=stored&source=x")
                        .at("/lines/0/measures/visitors")
                        .longValue())
                .isEqualTo(5);
        JsonNode unknown = node.json(call + "5m&product=stored&source=x");
        assertThat(unknown.get("lines")).isEmpty();
        assertThat(unknown.get("keys").longValue()).isZero();
    }

    @Test
    void aKeyThatTheHeapDoesNotHoldIsAsOfTheCommit() throws Exception {
        DimensionKey stored = DimensionKey.productSource("stored", "x");
        node.owning(0).rows.rows.add(row(WindowSize.MINUTE, TODAY_MS, stored, visitors(4)));
        node.rows.lastHour.put(stored, measures(visitors(5)));
        node.live.watermarkAdvanced(0, TODAY_MS + 180_000);
        node.rows.committedMs = TODAY_MS + 119_000L;
        String call = "/api/v1/now?dimension=product_source&product=stored&source=x&window=";
        JsonNode minute = node.json(call + "1m");
        assertThat(minute.get("start").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(minute.get("as_of").textValue()).isEqualTo("2026-03-02T00:01:59Z");
        assertThat(minute.at("/lines/0/measures/visitors").longValue()).isEqualTo(4);
        assertThat(node.error(call + "1h", 503))
                .as("the row may be of the minute before or of this one")
                .contains("1h are being caught up with");
        node.rows.committedMs = TODAY_MS + 180_000L;
        assertThat(node.json(call + "1h").get("end").textValue()).isEqualTo("2026-03-02T00:03:00Z");
    }

    @Test
    void rollingWindowsAreThoseOfTheLastWholeMinute() throws Exception {
        DimensionKey mug = DimensionKey.product("mug");
        node.owning(0).live.rollingChanged(0, RollingWindow.HOUR, mug, measures(visitors(7)), Measures.ZERO);
        JsonNode answer = node.json("/api/v1/now?dimension=product&window=1h");
        assertThat(answer.at("/lines/0/measures/visitors").longValue()).isEqualTo(7);
        assertThat(node.json("/api/v1/now?dimension=product&window=24h").get("lines"))
                .isEmpty();
    }

    @Test
    void theLastMinuteIsTheOneThatTheWatermarkHasPassed() throws Exception {
        DimensionKey mug = DimensionKey.product("mug");
        node.owning(0);
        node.live.rowChanged(0, row(WindowSize.MINUTE, TODAY_MS, mug, visitors(1)), Measures.ZERO);
        node.live.rowChanged(0, row(WindowSize.MINUTE, TODAY_MS + 60_000, mug, visitors(2)), Measures.ZERO);
        node.live.watermarkAdvanced(0, TODAY_MS + 119_999);
        JsonNode answer = node.json("/api/v1/now?dimension=product&window=1m");
        assertThat(answer.at("/lines/0/measures/visitors").longValue()).isEqualTo(1);
    }

    @Test
    void beforeAnythingHasBeenReadThereAreNoFiguresAndNoTimesRatherThanZeros() throws Exception {
        FakeCluster cluster = new FakeCluster(1);
        try (Node fresh = new Node(cluster)) {
            cluster.assign(0, fresh.members().self());
            JsonNode answer = fresh.json("/api/v1/now?dimension=product&window=1h");
            assertThat(answer.get("start").isNull()).isTrue();
            assertThat(answer.get("as_of").isNull()).isTrue();
            assertThat(answer.get("lines")).isEmpty();
        }
    }

    @Test
    void figuresThatWereThereAndAreNotTellOfARestorationAndNotOfAnEmptyShop() throws Exception {
        node.owning(0).today(DimensionKey.TOTAL, visitors(5));
        node.json("/api/v1/now?dimension=total&window=today");
        node.live.totalsRevoked(0);
        assertThat(node.get("/api/v1/now?dimension=total&window=today")
                        .headers()
                        .firstValue("Retry-After"))
                .hasValue("2");
        assertThat(node.error("/api/v1/now?dimension=total&window=today", 503)).contains("not here yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window=1h | dimension is missing: one of total, product, source, product_source, campaign",
                "dimension=shop&window=1h | dimension is 'shop'; allowed is one of total, product",
                "dimension=product&window=2h | window is '2h'; allowed is one of 1m, 5m, 1h, 24h, today",
                "dimension=product&window= | window must not be blank",
                "dimension=product&window=1h&by=fame | by is 'fame'; allowed is one of clicks, cost_micros",
                "dimension=product&window=1h&order=up | order is 'up'; allowed is one of desc, asc",
                "dimension=product&window=1h&top=1001 | top is '1001'; allowed is a whole number from 0 to 1000",
                "dimension=product&window=1h&top=-1 | from 0 to 1000",
                "dimension=product&window=1h&top=x | top is 'x'",
                "dimension=product&window=1h&format=xml | format is 'xml'; allowed is one of json, csv",
                "dimension=product&window=1h&limit=5 | there is no parameter limit here; allowed are by, campaign,",
                "dimension=product&window=1h&source=x | the dimension product is named by product; given is source",
                "dimension=product_source&window=1h&source=x | is named by product and source; given is source",
                "dimension=total&window=1h&source=x | the dimension total has no parts; given is source",
                "dimension=campaign&window=1h&top=1&top=2 | the parameter top is there more than once",
            })
    void aQuestionThatMakesNoSenseIsRefusedWithWhatIsAllowed(String query, String reason) throws Exception {
        assertThat(node.owning(0).error("/api/v1/now?" + query, 400)).contains(reason);
    }

    @Test
    void onlyPeriodsOfComputedWindowsCanBeAskedFor() throws Exception {
        FakeCluster cluster = new FakeCluster(1);
        try (Node daily = new Node(cluster, Node.shop(ZoneOffset.UTC, Set.of(WindowSize.DAY)))) {
            assertThat(daily.owning(0).error("/api/v1/now?dimension=total&window=1h", 400))
                    .isEqualTo("window is '1h'; allowed is one of today");
        }
    }
}
