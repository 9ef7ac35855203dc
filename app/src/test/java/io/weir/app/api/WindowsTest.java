package io.weir.app.api;

import static io.weir.app.figures.FigureRows.DAY_MS;
import static io.weir.app.figures.FigureRows.MINUTE_MS;
import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series of one key and rankings of one window, from the stored rows. */
class WindowsTest {
    private static final DimensionKey MUG = DimensionKey.productSource("mug, \"blue\"", "weibo");
    private static final String SERIES =
            "/api/v1/windows?dimension=product_source&product=mug,%20%22blue%22&source=weibo&window=1m";
    private static final String TOP = "/api/v1/windows/top?dimension=product&window=1d";

    private Node node;

    @BeforeEach
    void start() throws IOException {
        node = new Node(new FakeCluster(1)).owning(0);
        node.live.watermarkAdvanced(0, TODAY_MS + 5 * MINUTE_MS + 1);
        for (int minute = 0; minute < 6; minute++) {
            node.rows.rows.add(row(
                    WindowSize.MINUTE,
                    TODAY_MS + minute * MINUTE_MS,
                    MUG,
                    Map.of(Measure.VISITORS, 10L + minute, Measure.BUYERS, 1L)));
        }
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aSeriesHoldsTheWindowsThatStartInTheRange() throws Exception {
        JsonNode answer = node.json(SERIES + "&from=2026-03-02T00:01:00Z&to=2026-03-02T01:03:00%2B01:00");
        assertThat(answer.get("lines").findValuesAsText("start"))
                .containsExactly("2026-03-02T00:01:00Z", "2026-03-02T00:02:00Z");
        JsonNode line = answer.at("/lines/1");
        assertThat(line.get("end").textValue()).isEqualTo("2026-03-02T00:03:00Z");
        assertThat(line.at("/measures/visitors").longValue()).isEqualTo(12);
        assertThat(line.at("/ratios/conversion_rate").doubleValue()).isEqualTo(1 / 12.0);
        assertThat(line.get("revision").longValue()).isEqualTo(1);
        assertThat(line.get("is_final").booleanValue()).isFalse();
        assertThat(line.get("product").textValue()).isEqualTo("mug, \"blue\"");
        assertThat(answer.get("to").textValue()).isEqualTo("2026-03-02T00:03:00Z");
        assertThat(answer.get("kept_from").textValue()).isEqualTo("2026-02-28T00:05:00.001Z");
    }

    @Test
    void withoutARangeItIsTheLastHourOfMinutes() throws Exception {
        JsonNode answer = node.json(SERIES);
        assertThat(answer.get("lines")).hasSize(6);
        assertThat(answer.get("from").textValue()).isEqualTo("2026-03-01T23:06:00Z");
        assertThat(answer.get("to").textValue()).isEqualTo("2026-03-02T00:06:00Z");
    }

    @Test
    void aRangeFromLongAgoIsAnsweredAsFarAsItIsKept() throws Exception {
        assertThat(node.json(SERIES + "&from=1970-01-01T00:00:00Z").get("lines"))
                .hasSize(6);
        assertThat(node.error(SERIES + "&from=1970-01-01T00:00:00Z&to=2126-01-01T00:00:00Z", 400))
                .contains("more than 50000 windows");
    }

    @Test
    void aRankingIsOfTheWindowThatHoldsTheInstant() throws Exception {
        for (int i = 0; i < 5; i++) {
            node.rows.rows.add(row(WindowSize.DAY, TODAY_MS - DAY_MS, DimensionKey.product("p" + i), visitors(i)));
        }
        JsonNode answer = node.json(TOP + "&start=2026-03-01T12:00:00Z&top=2");
        assertThat(answer.get("start").textValue()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(answer.get("end").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(answer.get("is_final").booleanValue()).isFalse();
        assertThat(answer.get("keys").longValue()).as("zeros are no keys").isEqualTo(4);
        assertThat(answer.get("lines").findValuesAsText("product")).containsExactly("p4", "p3");
        assertThat(node.json(TOP).get("start").textValue()).isEqualTo("2026-03-02T00:00:00Z");
    }

    @Test
    void aWindowThatIsNotKeptAnyMoreIsSaidToBeGone() throws Exception {
        assertThat(node.error(TOP + "&start=2025-01-01T00:00:00Z", 404)).contains("not kept any more", "retention.1d");
    }

    @Test
    void whatIsReadFromTheStoreIsAsOfTheCommitAndNotAsOfTheWatermarkThatIsAheadOfIt() throws Exception {
        long committedMs = TODAY_MS + 5 * MINUTE_MS - 1;
        node.rows.rows.add(row(WindowSize.HOUR, TODAY_MS, DimensionKey.product("mug"), visitors(3)));
        node.live.watermarkAdvanced(0, TODAY_MS + 120 * MINUTE_MS);
        node.rows.committedMs = committedMs;
        JsonNode top = node.json("/api/v1/windows/top?dimension=product&window=1h&start=2026-03-02T00:00:00Z");
        assertThat(top.get("is_final").booleanValue()).isFalse();
        assertThat(top.get("as_of").textValue()).isEqualTo("2026-03-02T00:04:59.999Z");
        JsonNode current = node.json("/api/v1/windows/top?dimension=product&window=1h");
        assertThat(current.get("start").textValue()).isEqualTo("2026-03-02T00:00:00Z");
        JsonNode series = node.json(SERIES);
        assertThat(series.get("as_of").textValue()).isEqualTo("2026-03-02T00:04:59.999Z");
        assertThat(series.get("to").textValue()).isEqualTo("2026-03-02T00:05:00Z");
        assertThat(series.get("lines")).hasSize(5);
    }

    @Test
    void whatIsNotKeptAtTheWatermarkIsGoneAlsoIfTheCommitIsBehindIt() throws Exception {
        node.rows.rows.add(row(WindowSize.DAY, TODAY_MS - 39 * DAY_MS, DimensionKey.product("mug"), visitors(3)));
        String top = TOP + "&start=2026-01-22T00:00:00Z";
        node.rows.committedMs = TODAY_MS;
        assertThat(node.json(top).get("lines")).hasSize(1);
        node.live.watermarkAdvanced(0, TODAY_MS + 3 * DAY_MS);
        assertThat(node.error(top, 404)).contains("not kept any more; those from 2026-01-24T00:00:00Z on are");
        JsonNode series = node.json(SERIES + "&from=2026-02-01T00:00:00Z&to=2026-03-04T00:00:00Z");
        assertThat(series.get("kept_from").textValue()).isEqualTo("2026-03-03T00:00:00Z");
        assertThat(series.get("lines")).isEmpty();
    }

    @Test
    void whileStoresAreRestoredThereIsNoAnswer() throws Exception {
        node.rows.restoring = true;
        for (String path : new String[] {SERIES, TOP}) {
            assertThat(node.error(path, 503)).contains("restored or moved");
            assertThat(node.get(path).headers().firstValue("Retry-After")).hasValue("2");
        }
    }

    @Test
    void tablesCanBeHadAsCsvFiles() throws Exception {
        HttpResponse<String> series = node.get(SERIES + "&to=2026-03-02T00:01:00Z&format=csv");
        assertThat(series.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8; header=present");
        assertThat(series.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"weir-windows-product_source-1m.csv\"");
        assertThat(series.body())
                .isEqualTo("dimension,window,start,end,product,source,campaign,revision,is_final,reliable,clicks,"
                        + "cost_micros,landings,visits,visitors,payments,buyers,units,revenue_micros,halo_payments,"
                        + "halo_revenue_micros,conversion_rate,revenue_per_buyer,visitor_value,visitor_cost,"
                        + "cost_per_click,landing_rate,roas,roi\r\n"
                        + "product_source,1m,2026-03-02T00:00:00Z,2026-03-02T00:01:00Z,\"mug, \"\"blue\"\"\",weibo,,1,"
                        + "false,false,0,0,0,0,10,0,1,0,0,0,0,0.1,0.0,0.0,0.0,,,,\r\n");
        HttpResponse<String> now = node.get("/api/v1/now?dimension=product&window=today&format=csv");
        assertThat(now.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"weir-now-product-today.csv\"");
        assertThat(now.body()).startsWith("dimension,window,start,end,product,source,campaign,reliable,clicks,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows?dimension=product&window=1m | a key of the dimension product is named by product; given is none",
                "windows?dimension=total&window=5m | window is '5m'; allowed is one of 1m, 1h, 1d",
                "windows?dimension=total&window=1m&from=yesterday | from is 'yesterday'; allowed is a time such as",
                "windows?dimension=total&window=1m&from=2026-03-02T00:00:00 | allowed is a time such as",
                "windows?dimension=total&window=1m&from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z | before to",
                "windows?dimension=total&window=1m&start=2026-03-02T00:00:00Z | there is no parameter start here",
                "windows/top?dimension=product&window=1d&start=+1000000-01-01T00:00:00Z | allowed is a time such as",
                "windows/top?dimension=product&window=1d&product=x | there is no parameter product here",
            })
    void aQuestionThatMakesNoSenseIsRefusedWithWhatIsAllowed(String question, String reason) throws Exception {
        assertThat(node.error("/api/v1/" + question, 400)).contains(reason);
    }
}
