package io.weir.oracle;

import static io.weir.oracle.EventRow.click;
import static io.weir.oracle.EventRow.payment;
import static io.weir.oracle.EventRow.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.WindowSize;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tricky rules of the semantics, one by one, with figures worked out by hand. */
class BatchOracleTest {
    private static final long T = ms("2026-01-05T10:00:00Z");
    private static final long MINUTE = 60_000;
    private static final OracleSettings DAY = OracleSettings.DEFAULT.withWindows(WindowSize.DAY);

    @Test
    void noEventsGiveNoLines() {
        assertThat(BatchOracle.windowsCsv(List.of(), DAY)).isEmpty();
    }

    @Test
    void theClickIdBeatsTheVisitsOwnSource() {
        assertThat(sources(
                        click("c", "ann", "lamp", "weibo", null, 5, T),
                        visit("v", "ann", "mug", "search", "x", "c", T + MINUTE)))
                .containsExactly("weibo: 1 clicks, 1 landings, 1 visits, 0 payments, 0 halo");
    }

    @Test
    void aClickOfAnotherVisitorBringsNobody() {
        assertThat(sources(
                        click("c", "ann", "mug", "weibo", null, 5, T),
                        visit("v", "bob", "mug", null, null, "c", T + MINUTE)))
                .containsExactly(
                        "direct: 0 clicks, 0 landings, 1 visits, 0 payments, 0 halo",
                        "weibo: 1 clicks, 0 landings, 0 visits, 0 payments, 0 halo");
    }

    @Test
    void aClickThatANewerOneReplacedDoesNotLand() {
        assertThat(sources(
                        click("c1", "ann", "mug", "weibo", null, 5, T),
                        click("c2", "ann", "mug", "search", null, 5, T + 1),
                        visit("v", "ann", "mug", null, null, null, T + 2)))
                .containsExactly(
                        "search: 1 clicks, 1 landings, 1 visits, 0 payments, 0 halo",
                        "weibo: 1 clicks, 0 landings, 0 visits, 0 payments, 0 halo");
    }

    @Test
    void ofTwoClicksWithOneIdTheLaterBringsTheVisit() {
        List<EventRow> rows = List.of(
                click("c", "ann", "mug", "weibo", null, 5, T),
                visit("w", "ann", "chair", "chat", null, null, T + 11 * MINUTE),
                click("c", "ann", "mug", "search", null, 5, T + 20 * MINUTE),
                visit("v", "ann", "lamp", null, null, "c", T + 25 * MINUTE));
        assertThat(summary(BatchOracle.windowsCsvInArrivalOrder(rows, DAY)))
                .contains(
                        "search: 1 clicks, 1 landings, 1 visits, 0 payments, 0 halo",
                        "weibo: 1 clicks, 0 landings, 0 visits, 0 payments, 0 halo");
    }

    @Test
    void aLandingCountsInTheWindowOfItsFirstVisitOnly() {
        List<String> lines = BatchOracle.windowsCsv(
                List.of(
                        click("c", "ann", "mug", "weibo", null, 5, T - 1),
                        visit("v1", "ann", "mug", null, null, "c", T),
                        visit("v2", "ann", "lamp", null, null, "c", T + MINUTE)),
                OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE));
        assertThat(lines)
                .contains(
                        "1m,2026-01-05T09:59:00Z,product,mug,,,1,5,0,0,0,0,0,0,0,0,0",
                        "1m,2026-01-05T10:00:00Z,product,mug,,,0,0,1,1,1,0,0,0,0,0,0",
                        "1m,2026-01-05T10:01:00Z,product,lamp,,,0,0,0,1,1,0,0,0,0,0,0")
                .doesNotContain("1m,2026-01-05T10:01:00Z,product,mug");
    }

    /** The landing stands under the click's product, where no visit may be. */
    @Test
    void aLandingOnAnotherProductCountsUnderTheClicks() {
        assertThat(BatchOracle.windowsCsv(
                        List.of(
                                click("c", "ann", "mug", "weibo", null, 5, T),
                                visit("v", "ann", "lamp", null, null, "c", T)),
                        DAY))
                .contains(
                        "1d,2026-01-05T00:00:00Z,product,mug,,,1,5,1,0,0,0,0,0,0,0,0",
                        "1d,2026-01-05T00:00:00Z,product,lamp,,,0,0,0,1,1,0,0,0,0,0,0");
    }

    @Test
    void aDirectVisitKeepsItsOwnCampaign() {
        assertThat(BatchOracle.windowsCsv(List.of(visit("v", "ann", "mug", "direct", "mail", null, T)), DAY))
                .contains("1d,2026-01-05T00:00:00Z,campaign,,direct,mail,0,0,0,1,1,0,0,0,0,0,0");
    }

    @Test
    void theCampaignOfAVisitWithoutSourceIsNotUsed() {
        assertThat(BatchOracle.windowsCsv(List.of(visit("v", "ann", "mug", " ", "mail", null, T)), DAY))
                .hasSize(4)
                .noneMatch(line -> line.contains("campaign"));
    }

    @Test
    void aClickFromDirectIsNeitherCreditedNorAVisit() {
        assertThat(sources(click("c", "ann", "mug", "direct", "x", 5, T), payment("p", "ann", "mug", 1, 7, T + MINUTE)))
                .containsExactly(
                        "direct: 1 clicks, 0 landings, 0 visits, 0 payments, 0 halo",
                        "unknown: 0 clicks, 0 landings, 0 visits, 1 payments, 0 halo");
    }

    @Test
    void directIsSpeltInLowerCase() {
        assertThat(sources(
                        visit("v", "ann", "mug", "Direct", null, null, T),
                        payment("p", "ann", "mug", 1, 7, T + MINUTE)))
                .containsExactly("Direct: 0 clicks, 0 landings, 1 visits, 1 payments, 0 halo");
    }

    @Test
    void anOlderTouchOnThePaidProductBeatsANewerOneOnAnother() {
        assertThat(sources(
                        visit("v1", "ann", "mug", "weibo", null, null, T),
                        visit("v2", "ann", "lamp", "search", null, null, T + 1),
                        payment("p", "ann", "mug", 1, 7, T + 2)))
                .contains("weibo: 0 clicks, 0 landings, 1 visits, 1 payments, 0 halo");
    }

    @Test
    void aTouchOnAnotherProductBeatsADirectVisitOnThePaidOne() {
        assertThat(sources(
                        visit("v1", "ann", "lamp", "weibo", null, null, T),
                        visit("v2", "ann", "mug", null, null, null, T + 1),
                        payment("p", "ann", "mug", 1, 7, T + 2)))
                .contains("weibo: 0 clicks, 0 landings, 1 visits, 1 payments, 1 halo");
    }

    @Test
    void aDirectSaleIsHaloWhenTheVisitOfItsProductIsTooOld() {
        assertThat(sources(
                        visit("v1", "ann", "mug", null, null, null, T),
                        visit("v2", "ann", "lamp", null, null, null, T + MINUTE),
                        payment("p", "ann", "mug", 1, 7, T + 7 * 24 * 60 * MINUTE)))
                .contains("direct: 0 clicks, 0 landings, 0 visits, 1 payments, 1 halo");
    }

    @Test
    void aVisitOfThePaymentsInstantComesBeforeIt() {
        assertThat(sources(payment("a", "ann", "mug", 1, 7, T), visit("z", "ann", "mug", "weibo", null, null, T)))
                .containsExactly("weibo: 0 clicks, 0 landings, 1 visits, 1 payments, 0 halo");
    }

    /** By UTF-16 unit, which is how Java compares strings, the other one would be last. */
    @Test
    void idsOfOneInstantAreOrderedByCodePoint() {
        assertThat(sources(
                        visit("\uFF5A", "ann", "mug", "weibo", null, null, T),
                        visit("\uD83D\uDE00", "ann", "mug", "search", null, null, T),
                        payment("p", "ann", "mug", 1, 7, T)))
                .contains("search: 0 clicks, 0 landings, 1 visits, 1 payments, 0 halo");
    }

    @Test
    void linesAreSortedByCodePointAndQuotedOnlyWhereNeeded() {
        assertThat(BatchOracle.windowsCsv(
                                List.of(
                                        visit("v1", "ann", "\uD83D\uDE00", "s", null, null, T),
                                        visit("v2", "ann", "\uFF5A", "s", null, null, T),
                                        visit("v3", "ann", "a,b", "s", null, null, T),
                                        visit("v4", "ann", "a b ", "s", null, null, T),
                                        visit("v5", "ann", "a\"b\n", "s", null, null, T)),
                                DAY)
                        .subList(0, 5))
                .extracting(line -> line.substring(0, line.indexOf(",,,0,")))
                .containsExactly(
                        "1d,2026-01-05T00:00:00Z,product,a b ",
                        "1d,2026-01-05T00:00:00Z,product,\"a\"\"b\n\"",
                        "1d,2026-01-05T00:00:00Z,product,\"a,b\"",
                        "1d,2026-01-05T00:00:00Z,product,\uFF5A",
                        "1d,2026-01-05T00:00:00Z,product,\uD83D\uDE00");
    }

    @Test
    void namesThatLookAlikeStayApart() {
        assertThat(BatchOracle.windowsCsv(
                        List.of(
                                visit("v1", "ann", "ö", "s", null, null, T),
                                visit("v2", "ann", "o\u0308", "s", null, null, T),
                                visit("v3", "ann", "Ö", "s", null, null, T),
                                visit("v4", "ann", " ö", "s", null, null, T)),
                        DAY))
                .filteredOn(line -> line.contains(",product,"))
                .hasSize(4);
    }

    @Test
    void moneyMayExceedTheRangeOfInt() {
        long half = Long.MAX_VALUE / 2;
        assertThat(BatchOracle.windowsCsv(
                        List.of(payment("p1", "ann", "mug", half, half, T), payment("p2", "ann", "mug", 1, half, T)),
                        DAY))
                .contains("1d,2026-01-05T00:00:00Z,total,,,,0,0,0,0,0,2,1,4611686018427387904,9223372036854775806,0,0");
    }

    @Test
    void aSumBeyondLongFailsInsteadOfWrapping() {
        List<EventRow> rows = List.of(
                payment("p1", "ann", "mug", 1, Long.MAX_VALUE, T), payment("p2", "ann", "mug", 1, Long.MAX_VALUE, T));
        assertThatThrownBy(() -> BatchOracle.windowsCsv(rows, DAY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDayBeginsWhereMidnightIsSkipped() {
        OracleSettings saoPaulo = DAY.withZone("America/Sao_Paulo");
        assertThat(BatchOracle.windowsCsv(
                        List.of(
                                visit("v1", "ann", "mug", "s", null, null, ms("2018-11-04T02:59:59.999Z")),
                                visit("v2", "ann", "mug", "s", null, null, ms("2018-11-04T03:00:00Z")),
                                visit("v3", "ann", "mug", "s", null, null, ms("2018-11-05T01:59:59.999Z"))),
                        saoPaulo))
                .contains(
                        "1d,2018-11-03T03:00:00Z,total,,,,0,0,0,1,1,0,0,0,0,0,0",
                        "1d,2018-11-04T03:00:00Z,total,,,,0,0,0,2,1,0,0,0,0,0,0");
    }

    @Test
    void storiesToldTogetherDoNotMix() {
        List<BatchOracle.Story> stories = List.of(
                new BatchOracle.Story(List.of(click("c", "ann", "mug", "weibo", null, 5, T)), DAY),
                new BatchOracle.Story(List.of(), DAY),
                new BatchOracle.Story(List.of(payment("p", "ann", "mug", 1, 7, T)), DAY.withZone("Asia/Kathmandu")));
        assertThat(BatchOracle.windowsCsvOfEach(stories))
                .isEqualTo(stories.stream()
                        .map(story -> BruteForce.windowsOf(story.accepted(), story.settings()))
                        .toList());
    }

    private static List<String> sources(EventRow... rows) {
        List<EventRow> all = List.of(rows);
        List<String> lines = BatchOracle.windowsCsv(all, DAY);
        assertThat(BruteForce.windowsOf(Acceptance.ofAll(all, DAY).accepted(), DAY))
                .isEqualTo(lines);
        return summary(lines);
    }

    /** What counts under each source, for names without commas. */
    private static List<String> summary(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[2].equals("source"))
                .map(BatchOracleTest::summary)
                .toList();
    }

    private static String summary(String[] cells) {
        return "%s: %s clicks, %s landings, %s visits, %s payments, %s halo"
                .formatted(cells[4], cells[6], cells[8], cells[9], cells[11], cells[15]);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
