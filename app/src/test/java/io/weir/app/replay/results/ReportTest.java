package io.weir.app.replay.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String DAY = "2025-12-31T00:00:00Z";
    private static final String NEXT_DAY = "2026-01-01T00:00:00Z";

    @Test
    void aDayIsReportedWithDistinctVisitors() {
        List<WindowRow> rows = List.of(
                day(
                        DAY,
                        DimensionKey.TOTAL,
                        200,
                        50_000_000,
                        150,
                        1_234,
                        400,
                        22,
                        20,
                        25,
                        1_234_567_890,
                        2,
                        90_000_000),
                day(DAY, DimensionKey.source("直通车"), 200, 50_000_000, 150, 700, 300, 20, 18, 23, 1_000_000_000, 2, 0),
                day(DAY, DimensionKey.source("direct"), 0, 0, 0, 534, 29, 2, 2, 2, 234_567_890, 0, 0),
                day(
                        DAY,
                        DimensionKey.product("p-1"),
                        200,
                        50_000_000,
                        150,
                        1_234,
                        400,
                        22,
                        20,
                        25,
                        1_234_567_890,
                        0,
                        0),
                Rows.row(WindowSize.HOUR, DAY, DimensionKey.TOTAL, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9));

        assertThat(new Report(summary(Revenue.RECORDED), rows, "CNY", 30, 0.3).text())
                .isEqualTo("""
                        Events
                                     read  accepted  duplicate  late  rejected
                          clicks      200       200          0     0         0
                          visits    1,236     1,234          1     1         0
                          payments     25        22          0     0         3
                          all       1,461     1,456          1     1         3
                          rejected payments: 3, quantity is below one
                          skipped rows: 5,446 cart
                          unreadable rows: 1, see the log

                        Totals from 2025-12-31T00:00:00Z to 2026-01-01T00:00:00Z, 1 window of 1d, money in CNY
                          visits                     1,234
                          visitors                     400
                          buyers                        20
                          payments                      22
                          units                         25
                          revenue                 1,234.57
                          of which halo              90.00
                          clicks                       200
                          cost                       50.00
                          conversion rate           5.00 %
                          revenue per buyer          61.73
                          value per visitor           3.09
                          cost per visitor            0.13
                          cost per click              0.25
                          landing rate             75.00 %
                          ROAS                       24.69
                          ROI at a margin of 0.3  640.74 %

                        All sources by revenue, money in CNY
                          source  visits  visitors  buyers  conversion   revenue  revenue/buyer  visitor value  clicks   cost   ROAS
                          直通车     700       300      18      6.00 %  1,000.00          55.56           3.33     200  50.00  20.00
                          direct     534        29       2    ? 6.90 %    234.57       ? 117.28         ? 8.09       0   0.00      -

                        All products by revenue, money in CNY
                          product  visits  visitors  buyers  conversion   revenue  revenue/buyer  visitor value  clicks   cost   ROAS
                          p-1       1,234       400      20      5.00 %  1,234.57          61.73           3.09     200  50.00  24.69

                        - undefined: nothing to divide by.   ? unreliable: fewer than 30 visitors.
                        1,461 events in 2.0 s: 731 events/s.
                        """);
    }

    @Test
    void visitorsOfSeveralDaysAreCalledVisitorDays() {
        List<WindowRow> rows = List.of(
                day(DAY, DimensionKey.TOTAL, 0, 0, 0, 10, 7, 0, 0, 0, 0, 0, 0),
                day(NEXT_DAY, DimensionKey.TOTAL, 0, 0, 0, 10, 6, 0, 0, 0, 0, 0, 0));

        String text = new Report(summary(Revenue.ASSUMED), rows, "CNY", 30, 1).text();

        assertThat(text)
                .contains("2 windows of 1d")
                .containsPattern("visitor-days +13\n")
                .containsPattern("buyer-days +0\n")
                .contains("value per visitor-day ")
                .contains("A visitor counts once in each window of 1d: visitor-days, for distinct visitors of several"
                        + " windows do not add up.\n")
                .contains("Revenue is assumed: ");
    }

    @Test
    void onlyTheTopTenAreListedByRevenueThenVisits() {
        List<WindowRow> rows = new ArrayList<>();
        for (int i = 10; i < 25; i++) {
            rows.add(day(DAY, DimensionKey.product("p-" + i), 0, 0, 0, i, 1, 0, 0, 0, i < 12 ? 5 : 0, 0, 0));
        }

        String text = new Report(summary(Revenue.RECORDED), rows, "CNY", 30, 1).text();

        assertThat(text).contains("Top 10 of 15 products by revenue");
        assertThat(text.lines().filter(line -> line.startsWith("  p-")).map(line -> line.substring(2, 6)))
                .containsExactly("p-11", "p-10", "p-24", "p-23", "p-22", "p-21", "p-20", "p-19", "p-18", "p-17");
    }

    @Test
    void smallRatiosKeepDigitsThatSaySomething() {
        List<WindowRow> rows = List.of(day(DAY, DimensionKey.TOTAL, 5, 4_000_000, 0, 1_000, 1_000, 0, 0, 0, 0, 0, 0));

        assertThat(new Report(summary(Revenue.RECORDED), rows, "CNY", 30, 1).text())
                .containsPattern("cost per visitor +0\\.0040\n")
                .containsPattern("value per visitor +0\\.00\n");
    }

    @Test
    void withoutPricesTheReportSaysWhyRevenueIsZero() {
        List<WindowRow> rows = List.of(day(DAY, DimensionKey.TOTAL, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0));

        assertThat(new Report(summary(Revenue.UNKNOWN), rows, "CNY", 30, 1).text())
                .contains("The files have no prices, so revenue counts as 0; --assume-price sets a price per unit.");
    }

    @Test
    void withoutFiguresTheReportSaysSo() {
        assertThat(new Report(summary(Revenue.RECORDED), List.of(), "CNY", 30, 1).text())
                .endsWith("\nNo figures: no event was accepted.\n");
    }

    @Test
    void sumsThatAreTooLargeAreNotShownWrong() {
        List<WindowRow> rows = List.of(
                day(DAY, DimensionKey.TOTAL, 0, 0, 0, 0, 0, 1, 1, 1, Long.MAX_VALUE, 0, 0),
                day(NEXT_DAY, DimensionKey.TOTAL, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0));

        assertThat(new Report(summary(Revenue.RECORDED), rows, "CNY", 30, 1).text())
                .endsWith("\nNo totals: their sums are too large to be kept exactly; windows.csv has each window.\n");
    }

    @Test
    void namesTakeTheColumnsTheyTakeOnATerminal() {
        assertThat(DisplayWidth.of("abc")).isEqualTo(3);
        assertThat(DisplayWidth.of("直通车")).isEqualTo(6);
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("\uD83D\uDED2")).isEqualTo(2);
        assertThat(DisplayWidth.fit("直通车", 6)).isEqualTo("直通车");
        assertThat(DisplayWidth.fit("直通车", 5)).isEqualTo("直通…");
        assertThat(DisplayWidth.fit("直通车", 4)).isEqualTo("直…");
        assertThat(DisplayWidth.fit("a\u001B[31mb", 20)).isEqualTo("a?[31mb");
    }

    private static WindowRow day(String start, DimensionKey key, long... measures) {
        return Rows.row(WindowSize.DAY, start, key, measures);
    }

    private static Summary summary(Revenue revenue) {
        Ledger ledger = new Ledger();
        ledger.add(EventType.CLICK, Outcome.ACCEPTED, 200);
        ledger.add(EventType.VISIT, Outcome.ACCEPTED, 1_234);
        ledger.add(EventType.VISIT, Outcome.DUPLICATE, 1);
        ledger.add(EventType.VISIT, Outcome.LATE, 1);
        ledger.add(EventType.PAYMENT, Outcome.ACCEPTED, 22);
        ledger.addRejected(EventType.PAYMENT, Rejection.QUANTITY_BELOW_ONE, 3);
        return new Summary(ledger, Map.of("cart", 5_446L), 1, 2, revenue);
    }
}
