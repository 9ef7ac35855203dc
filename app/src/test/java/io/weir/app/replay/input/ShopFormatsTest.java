package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weir.domain.EventType;
import io.weir.domain.Rejection;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats of public data sets. */
class ShopFormatsTest {
    private static final String REES46 =
            "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n";
    private static final String RETAILROCKET = "timestamp,visitorid,event,itemid,transactionid\n";
    private static final String ONLINE_RETAIL =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir
    Path directory;

    @Test
    void taobaoPageViewsAreVisitsWithoutASourceAndBuysArePayments() {
        Instant time = Instant.ofEpochSecond(1511544070);

        assertThat(rows("taobao", "7,2268318,2520377,pv,1511544070\n7,2268318,2520377,buy,1511544070"))
                .containsExactly(
                        occurred(PastEvent.of(new Visit("1-1", "7", "2268318", null, null, null, time))),
                        occurred(PastEvent.of(new Payment("1-2", "1-2", "7", "2268318", 1L, 9_900_000L, time))));
    }

    @Test
    void taobaoCartsAndFavouritesAreSkipped() {
        assertThat(rows("taobao", "7,1,2,cart,1511544070\n7,1,2,fav,1511544070\n"))
                .containsExactly(new Row.Skipped("cart"), new Row.Skipped("fav"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "301780,543546,4181361,pv,15",
                "301780,543546,4181361,pv,-1511544070",
                "301780,543546,4181361,pv,99999999999999999999",
                "301780,543546,4181361,pv,9223372036854775807",
                "301780,543546,4181361,pv,1511544070.5",
                "301780,543546,4181361,look,1511544070",
                "301780,543546,4181361,pv",
            })
    void taobaoLinesThatAreCutOffOrWrongAreUnreadable(String line) {
        assertThat(rows("taobao", line)).singleElement().isInstanceOf(Row.Unreadable.class);
    }

    @Test
    void taobaoBlankTimesAreRejected() {
        assertThat(rows("taobao", "7,1,2,pv,"))
                .containsExactly(new Row.Rejected(EventType.VISIT, Rejection.MISSING_EVENT_TIME));
    }

    @Test
    void rees46ViewsAreVisitsAndPurchasesPaymentsAtTheirPrice() {
        Instant time = Instant.parse("2019-11-01T00:00:05Z");

        List<Row> rows = rows(
                "rees46",
                REES46
                        + "2019-11-01 00:00:05 UTC,view,1003461,2053,electronics.smartphone,xiaomi,489.07,520088904,s-1\n"
                        + "2019-11-01 00:00:05 UTC,purchase,1003461,2053,,,489.07,520088904,s-1\n"
                        + "2019-11-01 00:00:05 UTC,purchase,1003461,2053,,,0.00,520088904,\n"
                        + "2019-11-01 00:00:05 UTC,cart,1003461,2053,,,489.07,520088904,s-1\n"
                        + "2019-11-01 00:00:05 UTC,remove_from_cart,1003461,2053,,,489.07,520088904,s-1\n");

        assertThat(rows)
                .containsExactly(
                        occurred(PastEvent.of(new Visit("1-2", "520088904", "1003461", null, null, null, time))),
                        occurred(PastEvent.of(
                                new Payment("1-3", "s-1", "520088904", "1003461", 1L, 489_070_000L, time))),
                        occurred(PastEvent.of(new Payment("1-4", "1-4", "520088904", "1003461", 1L, 0L, time))),
                        new Row.Skipped("cart"),
                        new Row.Skipped("remove_from_cart"));
    }

    @Test
    void rees46PurchasesWithoutAPriceAreRejectedAndWithABadOneUnreadable() {
        List<Row> rows = rows(
                "rees46",
                REES46
                        + "2019-11-01 00:00:05 UTC,purchase,1,2,,,,5,s\n"
                        + "2019-11-01 00:00:05 UTC,purchase,1,2,,,cheap,5,s\n"
                        + "2019-11-01 00:00:05 UTC,purchase,1,2,,,1e999999999,5,s\n"
                        + "2019-11-01T00:00:05Z,view,1,2,,,1,5,s\n");

        assertThat(rows.get(0)).isEqualTo(new Row.Rejected(EventType.PAYMENT, Rejection.MISSING_AMOUNT));
        assertThat(rows.subList(1, 4)).allMatch(Row.Unreadable.class::isInstance);
    }

    @Test
    void retailrocketTransactionsArePaymentsOfTheirOrder() {
        Instant time = Instant.ofEpochMilli(1433221332117L);

        List<Row> rows = rows(
                "retailrocket",
                RETAILROCKET
                        + "1433221332117,257597,view,355908,\n"
                        + "1433221332117,257597,transaction,355908,4000\n"
                        + "1433221332117,257597,addtocart,355908,\n"
                        + "14332213,257597,view,355908,\n");

        assertThat(rows.subList(0, 3))
                .containsExactly(
                        occurred(PastEvent.of(new Visit("1-2", "257597", "355908", null, null, null, time))),
                        occurred(PastEvent.of(new Payment("1-3", "4000", "257597", "355908", 1L, 9_900_000L, time))),
                        new Row.Skipped("addtocart"));
        assertThat(rows.get(3)).isInstanceOf(Row.Unreadable.class);
    }

    @Test
    void onlineRetailLinesArePaymentsOfQuantityTimesPriceExactly() {
        List<Row> rows = rows(
                "online-retail",
                ONLINE_RETAIL
                        + "536365,85123A,\"HEART, \"\"WHITE\"\"\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
                        + "536414,22139,,56,2010-12-01 11:52:00,0.001,,United Kingdom\n"
                        + "536414,22139,,56,12/1/2010 8:26,0.1,13047,United Kingdom\n");

        assertThat(payment(rows.get(0)))
                .isEqualTo(new Payment(
                        "1-2", "536365", "17850", "85123A", 6L, 15_300_000L, Instant.parse("2010-12-01T00:26:00Z")));
        assertThat(payment(rows.get(1)))
                .isEqualTo(new Payment(
                        "1-3",
                        "536414",
                        "invoice-536414",
                        "22139",
                        56L,
                        56_000L,
                        Instant.parse("2010-12-01T03:52:00Z")));
        assertThat(payment(rows.get(2)).getEventTime()).isEqualTo(Instant.parse("2010-12-01T00:26:00Z"));
    }

    @Test
    void onlineRetailCancellationsAreSkippedAndOtherNegativesPassedOn() {
        List<Row> rows = rows(
                "online-retail",
                ONLINE_RETAIL
                        + "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom\n"
                        + "536589,21777,,-10,2010-12-01 16:50:00,0,,United Kingdom\n"
                        + "A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom\n");

        assertThat(rows.get(0)).isEqualTo(new Row.Skipped("cancellation"));
        assertThat(payment(rows.get(1)).getQuantity()).isEqualTo(-10);
        assertThat(payment(rows.get(2)).getAmountMicros()).isEqualTo(-11_062_060_000L);
    }

    @Test
    void onlineRetailLinesOfEqualContentAreDifferentPayments() {
        String line = "536409,21866,UNION JACK,1,2010-12-01 11:45:00,1.25,17908,United Kingdom\n";

        List<Row> rows = rows("online-retail", ONLINE_RETAIL + line + line);

        assertThat(rows).extracting(row -> payment(row).getPaymentId()).containsExactly("1-2", "1-3");
    }

    @Test
    void onlineRetailLinesThatLackANumberAreRejected() {
        List<Row> rows = rows(
                "online-retail",
                ONLINE_RETAIL
                        + "1,2,,,2010-12-01 11:45:00,1.25,5,UK\n"
                        + "1,2,,1,2010-12-01 11:45:00,,5,UK\n"
                        + "1,2,,1,,1.25,5,UK\n"
                        + "1,2,,1.5,2010-12-01 11:45:00,1.25,5,UK\n"
                        + "1,2,,1,2010-12-01 11:45:00,0.00000001,5,UK\n");

        assertThat(rows.subList(0, 3))
                .containsExactly(
                        new Row.Rejected(EventType.PAYMENT, Rejection.MISSING_QUANTITY),
                        new Row.Rejected(EventType.PAYMENT, Rejection.MISSING_AMOUNT),
                        new Row.Rejected(EventType.PAYMENT, Rejection.MISSING_EVENT_TIME));
        assertThat(rows.subList(3, 5)).allMatch(Row.Unreadable.class::isInstance);
    }

    @Test
    void onlineRetailKnowsTheColumnNamesOfItsSecondEdition() {
        List<Row> rows = rows(
                "online-retail",
                "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
                        + "489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n");

        assertThat(payment(rows.get(0)).getAmountMicros()).isEqualTo(83_400_000);
    }

    @Test
    void formatsWithAHeaderNameWhatItLacks() {
        for (String format : List.of("rees46", "retailrocket", "online-retail")) {
            assertThatExceptionOfType(ReplayException.class)
                    .isThrownBy(() -> rows(format, "a,b\n1,2\n"))
                    .withMessageContaining("--format " + format + " needs the columns ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "-999999999-01-01", "+292278995-01-01"})
    void yearsThatNoMillisecondsCanTellAreUnreadable(String day) {
        assertThat(rows("rees46", REES46 + day + " 00:00:00 UTC,view,1,2,c,b,1.00,7,s\n"))
                .singleElement()
                .isInstanceOf(Row.Unreadable.class);
        assertThat(rows("online-retail", ONLINE_RETAIL + "1,2,d,3," + day + " 08:26:00,2.55,17850,UK\n"))
                .singleElement()
                .isInstanceOf(Row.Unreadable.class);
    }

    @Test
    void numbersOfHalfAMillionDigitsAreUnreadableAtOnce() {
        String digits = "7".repeat(500_000);
        String price = "2019-11-01 00:00:00 UTC,purchase,1,2,c,b," + digits + ",7,s\n";
        String quantity = "1,2,d," + digits + ",2010-12-01 08:26:00,2.55,17850,UK\n";

        List<Row> rows =
                assertTimeoutPreemptively(Duration.ofSeconds(30), () -> rows("rees46", REES46 + price.repeat(10)));
        rows.addAll(assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> rows("online-retail", ONLINE_RETAIL + quantity.repeat(10))));

        assertThat(rows).hasSize(20).allMatch(Row.Unreadable.class::isInstance);
    }

    @Test
    void idsAreTheSameInEveryReplayAndDifferBetweenFiles() {
        Path first = RowsOf.write(directory, "1.csv", "7,1,2,pv,1511544070\n".getBytes(StandardCharsets.UTF_8));
        Path second = RowsOf.write(directory, "2.csv", "7,1,2,pv,1511544070\n".getBytes(StandardCharsets.UTF_8));
        FileFormat format = FileFormat.named("taobao", 0, ZoneOffset.UTC);

        List<Row> rows = RowsOf.files(format, List.of(first, second));

        assertThat(rows)
                .extracting(row -> ((Visit) ((Row.Occurred) row).event().value()).getVisitId())
                .containsExactly("1-1", "2-1");
        assertThat(RowsOf.files(format, List.of(first, second))).isEqualTo(rows);
    }

    @Test
    void anUnknownFormatIsRefusedWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileFormat.named("amazon", 0, ZoneOffset.UTC))
                .withMessage("'amazon' is no format: choose one of weir, taobao, rees46, retailrocket, online-retail");
    }

    @Test
    void everyFormatIsFoundByItsLabel() {
        assertThat(FileFormat.labels())
                .allSatisfy(label -> assertThat(
                                FileFormat.named(label, 0, ZoneOffset.UTC).label())
                        .isEqualTo(label));
    }

    private List<Row> rows(String format, String text) {
        return RowsOf.text(directory, FileFormat.named(format, 9_900_000, ZoneId.of("Asia/Shanghai")), text);
    }

    private static Payment payment(Row row) {
        return (Payment) ((Row.Occurred) row).event().value();
    }

    private static Row occurred(PastEvent event) {
        return new Row.Occurred(event);
    }
}
