package io.weir.app.api;

import static io.weir.app.figures.FigureRows.DAY_MS;
import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.figures.FigureRows;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardTest {
    private Node node;

    @BeforeEach
    void start() throws IOException {
        node = new Node(new FakeCluster(1));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private JsonNode board() throws Exception {
        return node.json("/api/v1/board");
    }

    @Test
    void beforeAnythingHasBeenReadThereAreNoFiguresAndNoTimesRatherThanZeros() throws Exception {
        FakeCluster cluster = new FakeCluster(1);
        try (Node fresh = new Node(cluster)) {
            cluster.assign(0, fresh.members().self());
            fresh.live.inputProgressed(FigureRows.progress(0, new Ledger(), Long.MIN_VALUE), Map.of());
            JsonNode board = fresh.json("/api/v1/board");
            assertThat(board.at("/shop")).hasSize(6).allMatch(JsonNode::isNull);
            assertThat(board.get("data_as_of").isNull()).isTrue();
            assertThat(board.get("stream_time").isNull()).isTrue();
            assertThat(board.get("seconds_behind").isNull()).isTrue();
            assertThat(board.at("/products/keys").longValue()).isZero();
        }
    }

    @Test
    void theShopIsShownInEveryPeriodAndTheKeysInOne() throws Exception {
        node.owning(0).today(DimensionKey.TOTAL, visitors(40));
        node.today(DimensionKey.source("weibo"), visitors(35));
        node.today(DimensionKey.productSource("mug", "weibo"), visitors(5));
        node.live.rollingChanged(0, RollingWindow.HOUR, DimensionKey.TOTAL, measures(visitors(9)), Measures.ZERO);
        node.live.rollingChanged(
                0, RollingWindow.HOUR, DimensionKey.source("weibo"), measures(visitors(8)), Measures.ZERO);
        JsonNode board = board();
        assertThat(board.at("/shop/today/line/measures/visitors").longValue()).isEqualTo(40);
        assertThat(board.at("/shop/today/is_final").booleanValue()).isFalse();
        assertThat(board.at("/shop/1h/line/measures/visitors").longValue()).isEqualTo(9);
        assertThat(board.at("/shop/5m/line/measures/visitors").longValue()).isZero();
        assertThat(board.at("/shop/5m/line/ratios/conversion_rate").isNull()).isTrue();
        assertThat(board.get("window").textValue()).isEqualTo("today");
        assertThat(board.at("/sources/lines/0/measures/visitors").longValue()).isEqualTo(35);
        assertThat(board.at("/product_sources/lines/0/product").textValue()).isEqualTo("mug");
        JsonNode hour = node.json("/api/v1/board?window=1h&top=1");
        assertThat(hour.get("window").textValue()).isEqualTo("1h");
        assertThat(hour.at("/sources/lines/0/measures/visitors").longValue()).isEqualTo(8);
        assertThat(hour.at("/product_sources/keys").longValue()).isZero();
    }

    @Test
    void itSaysWhatThePageMustSay() throws Exception {
        JsonNode board = node.owning(0).json("/api/v1/board");
        assertThat(board.get("now").textValue()).isEqualTo(Node.NOW.toString());
        assertThat(board.get("seconds_behind").doubleValue()).isEqualTo(5);
        assertThat(board.get("generated_traffic").booleanValue()).isTrue();
        assertThat(board.get("notice").textValue()).isEqualTo("planted");
        assertThat(board.get("time_zone").textValue()).isEqualTo("UTC");
        assertThat(board.get("complete").booleanValue()).isTrue();
    }

    @Test
    void aWatermarkAheadOfTheClockIsNotANegativeDelay() throws Exception {
        node.owning(0).live.watermarkAdvanced(0, TODAY_MS + 60_000);
        assertThat(board().get("seconds_behind").doubleValue()).isZero();
    }

    @Test
    void whatBecameOfTheRecordsAddsUpAndReasonsAreExplained() throws Exception {
        Ledger ledger = new Ledger();
        ledger.count(EventType.CLICK, Outcome.ACCEPTED);
        ledger.count(EventType.CLICK, Outcome.LATE);
        ledger.count(EventType.CLICK, Outcome.DUPLICATE);
        ledger.countRejected(EventType.CLICK, Rejection.NEGATIVE_COST);
        node.owning(0).live.inputProgressed(FigureRows.progress(0, ledger, TODAY_MS), Map.of());
        JsonNode clicks = board().at("/inputs/clicks");
        assertThat(clicks.toString())
                .isEqualTo(
                        "{\"read\":4,\"accepted\":1,\"duplicate\":1,\"late\":1,\"rejected\":1,\"rejected_by_reason\":"
                                + "[{\"reason\":\"negative_cost\",\"meaning\":\"" + Rejection.NEGATIVE_COST.meaning()
                                + "\",\"records\":1}]}");
    }

    @Test
    void anInputPartitionOfWhichNothingIsKnownMakesNoBoard() throws Exception {
        node.owning(0).live.inputRevoked(0);
        assertThat(node.error("/api/v1/board", 503)).contains("0 of 1 input partitions");
    }

    @Test
    void yesterdayEndsAtTheTimeOfDayThatTodayHasComeTo() throws Exception {
        node.rows.yesterday = measures(visitors(50));
        node.owning(0).live.watermarkAdvanced(0, TODAY_MS + 3_690_000);
        JsonNode yesterday = board().at("/shop/yesterday");
        assertThat(yesterday.get("start").textValue()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(yesterday.get("end").textValue()).isEqualTo("2026-03-01T01:01:00Z");
        assertThat(yesterday.get("is_final").booleanValue()).isTrue();
        assertThat(yesterday.at("/line/measures/visitors").longValue()).isEqualTo(50);
    }

    @Test
    void yesterdayIsShownWhenAllOfItIsStored() throws Exception {
        node.rows.yesterday = measures(visitors(50));
        node.owning(0).live.watermarkAdvanced(0, TODAY_MS + 3_690_000);
        long endMs = TODAY_MS - DAY_MS + 3_660_000;
        node.rows.committedMs = endMs - 1;
        assertThat(board().at("/shop/yesterday").isNull()).isTrue();
        node.rows.committedMs = endMs;
        assertThat(board().at("/shop/yesterday/line/measures/visitors").longValue())
                .isEqualTo(50);
        assertThat(board().at("/shop/yesterday/is_final").booleanValue()).isFalse();
    }

    @Test
    void withoutEventsYesterdayThereIsNoYesterday() throws Exception {
        node.owning(0).live.watermarkAdvanced(0, TODAY_MS + 3_690_000);
        assertThat(board().at("/shop/yesterday").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // Clocks went forward on the 29th, at two, and back on the 25th, at three.
        "2026-03-30T10:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T10:30:00Z",
        "2026-03-29T10:30:00Z, 2026-03-27T23:00:00Z, 2026-03-28T11:30:00Z",
        "2026-10-26T10:30:00Z, 2026-10-24T22:00:00Z, 2026-10-25T10:30:00Z",
        "2026-03-30T00:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T01:30:00Z",
        "2026-03-29T22:00:00Z, 2026-03-28T23:00:00Z, 2026-03-28T23:00:00Z",
    })
    void theTimeOfDayIsThatOfTheClockOnTheWall(Instant watermark, Instant start, Instant end) {
        FakeRows rows = new FakeRows();
        rows.yesterday = measures(visitors(1));
        ShopSettings shop = Node.shop(ZoneId.of("Europe/Berlin"), EnumSet.allOf(WindowSize.class));
        BoardPart.PastPart past = new Yesterday(shop, rows).at(watermark.toEpochMilli());
        if (start.equals(end)) {
            assertThat(past).isNull();
        } else {
            assertThat(Instant.ofEpochMilli(past.span().startMs())).isEqualTo(start);
            assertThat(Instant.ofEpochMilli(past.span().endMs())).isEqualTo(end);
        }
    }

    @Test
    void withoutDaysYesterdayIsNotKnownSinceItsVisitorsAreNot() {
        FakeRows rows = new FakeRows();
        rows.yesterday = measures(Map.of(Measure.VISITS, 50L));
        ShopSettings withoutDays = Node.shop(ZoneOffset.UTC, EnumSet.of(WindowSize.MINUTE, WindowSize.HOUR));
        assertThat(new Yesterday(withoutDays, rows).at(TODAY_MS + DAY_MS - 1)).isNull();
        ShopSettings withoutHours = Node.shop(ZoneOffset.UTC, EnumSet.of(WindowSize.MINUTE, WindowSize.DAY));
        assertThat(new Yesterday(withoutHours, rows).at(TODAY_MS + DAY_MS - 1)).isNotNull();
    }

    @Test
    void aYesterdayWhoseFirstMinutesAreNotKeptAnyMoreIsNotShown() {
        FakeRows rows = new FakeRows();
        rows.yesterday = measures(visitors(1));
        assertThat(new Yesterday(Node.shop(), rows).at(TODAY_MS + DAY_MS - 1)).isNotNull();
        ShopSettings withoutMinutes = Node.shop(ZoneOffset.UTC, Set.of(WindowSize.DAY));
        assertThat(new Yesterday(withoutMinutes, rows).at(TODAY_MS)).isNull();
        // A day of 25 hours needs more than the two days that are kept here.
        ShopSettings berlin = Node.shop(ZoneId.of("Europe/Berlin"), EnumSet.allOf(WindowSize.class));
        long lateMs = Instant.parse("2026-10-26T22:30:00Z").toEpochMilli();
        assertThat(new Yesterday(berlin, rows).at(lateMs)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"window=2d", "window=", "top=x", "top=-1", "top=1001", "limit=5", "dimension=product", "format=csv"})
    void aQuestionThatMakesNoSenseIsRefused(String query) throws Exception {
        assertThat(node.owning(0).error("/api/v1/board?" + query, 400)).isNotBlank();
    }

    @Test
    void textsFromOutsideAreEscaped() throws Exception {
        node.owning(0).today(DimensionKey.source("<script>\"x"), visitors(5));
        assertThat(board().at("/sources/lines/0/source").textValue()).isEqualTo("<script>\"x");
    }
}
