package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.domain.EventType;
import io.weir.domain.Rejection;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeirFormatTest {
    private static final String HEADER = "type,id,order_id,visitor_id,product_id,source,campaign_id,click_id,"
            + "quantity,amount_micros,cost_micros,event_time\n";
    private static final Instant NINE = Instant.parse("2025-12-31T09:00:00Z");

    @TempDir
    Path directory;

    @Test
    void eachTypeIsReadWithItsOwnFields() {
        List<Row> rows = rows(HEADER
                + "click,c1,,u1,p1,zhitongche,k1,,,,1500000,2025-12-31T09:00:00Z\n"
                + "visit,v1,,u1,p1,search,k2,c1,,,,2025-12-31T09:00:00Z\n"
                + "payment,m1,o1,u1,p1,,,,2,19900000,,2025-12-31T09:00:00Z\n");

        assertThat(rows)
                .containsExactly(
                        occurred(PastEvent.of(new Click("c1", "u1", "p1", "zhitongche", "k1", 1_500_000L, NINE))),
                        occurred(PastEvent.of(new Visit("v1", "u1", "p1", "search", "k2", "c1", NINE))),
                        occurred(PastEvent.of(new Payment("m1", "o1", "u1", "p1", 2L, 19_900_000L, NINE))));
    }

    @Test
    void columnsMayStandInAnyOrderAndUnknownOnesAreIgnored() {
        List<Row> rows = rows("\uFEFFevent_time,remark, ID ,product_id,Visitor_Id,type\r\n"
                + "2025-12-31T09:00:00Z,\"x, y\",v1,p1,u1,visit\r\n");

        assertThat(rows).containsExactly(occurred(PastEvent.of(new Visit("v1", "u1", "p1", null, null, null, NINE))));
    }

    @Test
    void blankCellsAreAbsentFields() {
        Visit visit = (Visit) event(HEADER + "visit,v1,,u1,p1, ,,\"\",,,,2025-12-31T09:00:00Z\n");

        assertThat(visit.getSource()).isNull();
        assertThat(visit.getCampaignId()).isNull();
        assertThat(visit.getClickId()).isNull();
    }

    @Test
    void blankRequiredTextsArePassedOnForThePipelineToReject() {
        Click click = (Click) event(HEADER + "click, ,,,,,,,,,5,2025-12-31T09:00:00Z\n");

        assertThat(click.getClickId()).isEmpty();
        assertThat(click.getVisitorId()).isEmpty();
        assertThat(click.getProductId()).isEmpty();
        assertThat(click.getSource()).isEmpty();
    }

    @Test
    void valuesThatThePipelineRejectsArePassedOn() {
        Payment payment = (Payment) event(HEADER + "payment,m1,o1,u1,p1,,,,0,-5,,-1\n");

        assertThat(payment.getQuantity()).isZero();
        assertThat(payment.getAmountMicros()).isEqualTo(-5);
        assertThat(payment.getEventTime()).isEqualTo(Instant.ofEpochMilli(-1));
    }

    @ParameterizedTest
    @CsvSource({
        "'click,c1,,u1,p1,s,,,,,,2025-12-31T09:00:00Z', CLICK, MISSING_COST",
        "'click,c1,,u1,p1,s,,,,,5,', CLICK, MISSING_EVENT_TIME",
        "'click,c1,,u1,p1,,,,,,,', CLICK, MISSING_SOURCE",
        "'visit,v1,,u1,p1,,,,,,, ', VISIT, MISSING_EVENT_TIME",
        "'visit,v1,,,p1,,,,,,,', VISIT, MISSING_VISITOR_ID",
        "'payment,m1,o1,u1,p1,,,,,5,,2025-12-31T09:00:00Z', PAYMENT, MISSING_QUANTITY",
        "'payment,m1,o1,u1,p1,,,,1,,,2025-12-31T09:00:00Z', PAYMENT, MISSING_AMOUNT",
        "'payment,m1,o1,u1,p1,,,,1,5,,', PAYMENT, MISSING_EVENT_TIME",
        "'payment,m1,,u1,,,,,,,,', PAYMENT, MISSING_PRODUCT_ID",
        "'payment,,,,,,,,,,,', PAYMENT, MISSING_ID",
        "'payment,m1,,u1,p1,,,,,,,', PAYMENT, MISSING_ORDER_ID",
    })
    void aMissingNumberOrTimeIsARejectionForTheFirstReasonThatHolds(String row, EventType input, Rejection reason) {
        assertThat(rows(HEADER + row + "\n")).containsExactly(new Row.Rejected(input, reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sale,x,,u1,p1,,,,,,,2025-12-31T09:00:00Z",
                ",x,,u1,p1,,,,,,,2025-12-31T09:00:00Z",
                "visit,v1,,u1,p1,,,,,,,yesterday",
                "visit,v1,,u1,p1,,,,,,,2025-12-31T09:00:00",
                "visit,v1,,u1,p1,,,,,,,2025-02-30T09:00:00Z",
                "visit,v1,,u1,p1,,,,,,,99999999999999999999",
                "visit,v1,,u1,p1,,,,,,,-",
                "visit,v1,,u1,p1,,,,,,,+999999999-01-01T00:00:00Z",
                "click,c1,,u1,p1,s,,,,,1.5,2025-12-31T09:00:00Z",
                "payment,m1,o1,u1,p1,,,,one,5,,2025-12-31T09:00:00Z",
                "payment,m1,o1,u1,p1,,,,1,9223372036854775808,,2025-12-31T09:00:00Z",
                "visit,v1,,u1,p1,,,,,,2025-12-31T09:00:00Z",
                "visit,v1,,u1,p1,,,,,,,,2025-12-31T09:00:00Z",
            })
    void whatIsNoEventIsUnreadableAndTheNextRowIsRead(String row) {
        List<Row> rows = rows(HEADER + row + "\nvisit,v2,,u1,p1,,,,,,,2025-12-31T09:00:00Z\n");

        assertThat(rows.get(0)).isInstanceOf(Row.Unreadable.class);
        assertThat(rows.get(1)).isInstanceOf(Row.Occurred.class);
    }

    @Test
    void fieldsOfOtherTypesAreNotLookedAt() {
        assertThat(rows(HEADER + "visit,v1,,u1,p1,,,,many,free,none,2025-12-31T09:00:00Z\n"))
                .singleElement()
                .isInstanceOf(Row.Occurred.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-12-31T09:00:00Z",
                "2025-12-31T09:00Z",
                "2025-12-31t09:00:00z",
                "2025-12-31T17:00:00+08:00",
                "2025-12-31T17:00:00+0800",
                "2025-12-31T17:00:00+08",
                "2025-12-31T09:00:00.000999999Z",
                " 1767171600000 ",
            })
    void timesAreIsoWithAnOffsetOrEpochMilliseconds(String time) {
        Visit visit = (Visit) event(HEADER + "visit,v1,,u1,p1,,,,,,," + time + "\n");

        assertThat(visit.getEventTime()).isEqualTo(NINE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void epochMillisecondsMayBeAnyLong(long timeMs) {
        List<Row> rows = rows(HEADER + "visit,v1,,u1,p1,,,,,,," + timeMs + "\n");

        assertThat(((Row.Occurred) rows.get(0)).event().timeMs()).isEqualTo(timeMs);
    }

    @Test
    void missingColumnsAreAllNamedWithTheFile() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> rows("type,id,visitor,product_id,time\n"))
                .withMessage("cannot read " + directory.resolve("events.csv")
                        + ": --format weir needs the columns visitor_id, event_time, and the header has only"
                        + " type, id, visitor, product_id, time; rename the columns or choose another --format");
    }

    @Test
    void aFileWithoutAHeaderIsAnError() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> rows(""))
                .withMessageContaining("it is empty, and --format weir starts with a header");
    }

    @Test
    void aColumnNamedTwiceIsAnError() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> rows("type,id,visitor_id,product_id,event_time,id\n"))
                .withMessageContaining("names the column id twice");
    }

    private Object event(String text) {
        return ((Row.Occurred) rows(text).get(0)).event().value();
    }

    private List<Row> rows(String text) {
        return RowsOf.text(directory, new WeirFormat(), text);
    }

    private static Row occurred(PastEvent event) {
        return new Row.Occurred(event);
    }
}
