package io.weir.app.system;

import static io.weir.app.system.ShownFigures.assertPageShows;
import static io.weir.app.system.ShownFigures.assertShows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.domain.Measure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** What the live page shows in a real browser, of boards made by hand. */
@ExtendWith(SharedBrowser.class)
class LivePageTest {
    private final Browser browser;
    private final PageServer server;

    LivePageTest(Browser browser) throws IOException {
        this.browser = browser;
        this.server = new PageServer();
    }

    @BeforeEach
    void open() {
        browser.resize(1600, 1000);
    }

    /** Wherever the page goes right, it writes nothing to the console and asks nobody but its own host. */
    @AfterEach
    void theConsoleIsEmptyAndNoOtherHostWasAsked() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requestedHosts()).containsExactly(server.host());
        server.close();
    }

    private void show(String query) {
        browser.open(server.page(query));
        browser.awaits("figures", () -> browser.text("#status").equals("Live"));
    }

    @Test
    void figuresAreThoseOfTheBoardInEveryWindow() {
        for (String window : List.of("1m", "5m", "1h", "24h", "today")) {
            show("?window=" + window);
            assertPageShows(browser, window, BoardJson.ofShop(window));
            assertThat(browser.texts(".card .value")).hasSize(13);
        }
    }

    @Test
    void everyWindowShowsItsConversionAtOnce() {
        show("");
        List<String> rates = browser.texts("#windows b");
        JsonNode board = BoardJson.ofShop("today");
        List<String> windows = List.of("1m", "5m", "1h", "24h", "today");
        for (int i = 0; i < windows.size(); i++) {
            assertShows(windows.get(i), rates.get(i), "conversion_rate", board.at("/shop/" + windows.get(i) + "/line"));
        }
        assertThat(rates.get(0)).as("on 25 visitors").endsWith("†");
    }

    @Test
    void unreliableFiguresAreGreyAndSayWhy() {
        show("");
        String cell = "#sources tbody tr:nth-child(3) td[data-column=conversion_rate]";
        assertThat(browser.text(cell)).isEqualTo("16.67% †");
        assertThat(browser.script(
                        "return getComputedStyle(document.querySelector(arguments[0])).color"
                                + " !== getComputedStyle(document.body).color",
                        cell))
                .isEqualTo(true);

        browser.script("document.querySelector(arguments[0]).focus({ focusVisible: true })", cell);

        browser.awaits("the reason", () -> browser.shows("#explanation"));
        assertThat(browser.text("#explanation"))
                .contains(
                        "Conversion rate of email",
                        "Unreliable: on 12 visitors, fewer than 30",
                        "2 buyers ÷ 12 visitors");
        assertThat(browser.find(cell).getDomAttribute("aria-describedby")).isEqualTo("explanation");
    }

    @Test
    void undefinedFiguresAreDashesAndSayWhy() {
        show("");
        String cell = "#sources tbody tr:nth-child(1) td[data-column=roas]";
        assertThat(browser.text(cell)).isEqualTo("–");

        browser.actions().moveToElement(browser.find(cell)).perform();

        browser.awaits("the reason", () -> browser.text("#explanation").contains("Undefined: no spend to divide by."));
        browser.press(Keys.ESCAPE);
        assertThat(browser.shows("#explanation")).isFalse();
    }

    @Test
    void everyFigureIsExplainedOneHoverAway() {
        show("");
        String owners = ".card, .lanes li, #sources thead th button, #verdict, #intake, figcaption .title";
        List<String> labels = browser.texts(owners);
        assertThat(labels).hasSizeGreaterThan(35);
        for (int i = 0; i < labels.size(); i++) {
            browser.script(
                    "document.querySelectorAll(arguments[0])[arguments[1]].click();"
                            + "document.querySelectorAll(arguments[0])[arguments[1]].focus()",
                    owners,
                    i);
            String explanation = browser.text("#explanation");
            assertThat(explanation).as(labels.get(i)).hasSizeGreaterThan(30);
        }
        assertThat(browser.texts("#glossary dt")).contains("ROAS", "Visitor value", "Halo revenue");
    }

    @Test
    void todayStandsAgainstYesterdayAtTheSameTime() {
        show("");
        assertThat(browser.text("[data-figure=conversion_rate] .change")).isEqualTo("▼ -1.19 points, worse");
        assertThat(browser.text("[data-figure=conversion_rate] .before")).isEqualTo("yesterday 4.44%");
        assertThat(browser.find("[data-figure=conversion_rate] .change").getDomAttribute("data-tone"))
                .isEqualTo("worse");
        assertThat(browser.text(".card[data-figure=visitor_cost] .change")).isEqualTo("▼ -1.2%, better");
        assertThat(browser.text(".card[data-figure=cost_micros] .change")).isEqualTo("▼ -2.4%, less");
        assertThat(browser.text(".card[data-figure=landing_rate] .change"))
                .isEqualTo("▼ -0.37 points, no clear change");
        assertThat(browser.text("#period")).contains("today against yesterday until 09:41:46");
    }

    @Test
    void withoutYesterdayThereIsADash() {
        server.change(board -> ((ObjectNode) board.get("shop")).putNull("yesterday"));
        show("");
        assertThat(browser.texts(".card .before")).hasSize(13).allMatch("yesterday –"::equals);
        assertThat(browser.texts(".card .change")).allMatch(String::isEmpty);
        assertThat(browser.text("#period")).contains("No yesterday to compare with.");
    }

    @Test
    void alertsStandOnTopWithTheirReasonAndGoWhenTheyAreOver() {
        show("");
        assertThat(browser.shows("#no-alerts")).isTrue();

        server.change(board -> board.withArray("/alerts").add(BoardJson.alert()));

        browser.awaits("the alert", () -> browser.shows(".alert"));
        assertThat(browser.text(".alert"))
                .contains("Critical", "mug hardly sells", "where 20 were expected", "since 09:37, 4 min");
        assertThat(browser.text("#announcements")).contains("Critical alert: mug hardly sells");
        assertThat(browser.title()).startsWith("(1) ");
        browser.find(".alert button").click();
        browser.awaits("its figures", () -> browser.texts("#products tbody tr").size() == 1);
        assertThat(browser.text("#products tbody th")).isEqualTo("mug");

        server.change(board -> {});

        browser.awaits("no alert", () -> browser.shows("#no-alerts"));
        assertThat(browser.texts(".alert")).isEmpty();
    }

    @Test
    void theFunnelSaysHowEachStepFollowsFromTheOneBefore() {
        show("");
        assertThat(browser.texts(".lanes .between"))
                .containsExactly(
                        "paid",
                        "85.00% landed",
                        "paid and free",
                        "1.75 visits a visitor",
                        "3.25% bought",
                        "1.27 payments a buyer");
        assertThat(browser.script("return document.querySelector('[data-figure=visits] .track i').style.width"))
                .isEqualTo("100%");
    }

    @Test
    void whatBecameOfTheRecordsIsShownWithReasons() {
        show("");
        assertThat(browser.text("#intake")).startsWith("18,731 read, 37 (0.2%) late, 3 (< 0.1%) rejected");
        assertThat(browser.texts("#ledger tbody tr:nth-child(1) td"))
                .containsExactly(
                        "4,100",
                        "4,070",
                        "20 (0.5%)",
                        "7 (0.2%)",
                        "3 (< 0.1%)",
                        "3 × a click's source is absent or blank");
        assertThat(browser.texts("#ledger tbody tr:nth-child(3) td")).containsExactly("331", "331", "0", "0", "0", "–");
    }

    @Test
    void thePlotsShowTheWindowsAndLeaveGapsWhereConversionIsUndefined() {
        show("?range=1h");
        browser.awaits(
                "the plots", () -> browser.text("#conversion-plot .readout").startsWith("09:40–09:41"));
        long visitors = SeriesJson.minute(Instant.parse("2026-03-02T09:40:00Z")).get(Measure.VISITORS);
        assertThat(browser.text("#conversion-plot .readout"))
                .startsWith("09:40–09:41: 3.50%% = 140 ÷ %,d, expected ".formatted(visitors));
        browser.script("document.querySelector('#conversion-plot .plot').focus()");
        browser.press(Keys.END);
        press(Keys.ARROW_LEFT, 2);
        assertThat(browser.text("#conversion-plot .readout")).startsWith("09:38–09:39: 0.50% = 20 ÷ ");
        press(Keys.ARROW_LEFT, 8);
        assertThat(browser.text("#conversion-plot .readout"))
                .isEqualTo("09:30–09:31: 33.33% = 4 ÷ 12, expected 0.00% to 19.41%, too few visitors");
        press(Keys.ARROW_LEFT, 10);
        assertThat(browser.text("#conversion-plot .readout")).isEqualTo("09:20–09:21: – (no visitors)");
        assertThat(browser.text("#revenue-plot .readout"))
                .as("the other plot follows")
                .startsWith("09:20–09:21: ¥0");
        assertThat(browser.script("return document.querySelector('#conversion-plot canvas').width > 300"))
                .isEqualTo(true);
    }

    private void press(Keys key, int times) {
        for (int i = 0; i < times; i++) {
            browser.press(key);
        }
    }

    @Test
    void longRangesArePlottedFromWindowsOfAnHour() {
        show("?range=24h");
        browser.awaits("the plots", () -> browser.text("#revenue-title").equals("Revenue per hour, CNY"));
        assertThat(browser.text("#conversion-title")).isEqualTo("Conversion rate of each hour");
        assertThat(browser.text("#conversion-plot .readout"))
                .startsWith("09:00–10:00: 3.50%")
                .endsWith("still counting");
        assertThat(server.asked())
                .anyMatch(path -> path.contains("window=1h") && path.contains("from=2026-03-01T09%3A00"));
    }

    @Test
    void theVerdictSaysWhetherConversionIsWhereItShouldBe() {
        show("");
        browser.awaits("a verdict", () -> !browser.text("#verdict .words").isEmpty());
        assertThat(browser.text("#verdict .word")).isEqualTo("Where it should be");

        server.change(board -> {
            ObjectNode alert = BoardJson.alert();
            alert.put("dimension", "total").putNull("product");
            board.withArray("/alerts").add(alert);
        });

        browser.awaits("the alert", () -> browser.text("#verdict .word").equals("Below expectation"));
    }

    @Test
    void aProductThatTheBoardDoesNotShowIsLookedUp() {
        show("?products.filter=rare-vase");
        browser.awaits("the product", () -> browser.texts("#products tbody th").equals(List.of("rare-vase")));
        assertThat(browser.text("#products td[data-column=visitors]")).isEqualTo("7");
    }

    @Test
    void generatedTrafficAndANoticeAreSaid() {
        server.change(board ->
                board.put("generated_traffic", true).put("notice", "planted: the conversion of mug collapses"));
        show("");
        assertThat(browser.text("#generated")).contains("not a real shop's figures");
        assertThat(browser.text("#notice")).isEqualTo("planted: the conversion of mug collapses");
    }
}
