package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What a reader can choose on the live page, by mouse, keyboard and address. */
@ExtendWith(SharedBrowser.class)
class LivePageViewTest {
    private static final String BACKGROUND = "return getComputedStyle(document.body).backgroundColor";

    private final Browser browser;
    private final PageServer server;

    LivePageViewTest(Browser browser) throws IOException {
        this.browser = browser;
        this.server = new PageServer();
        browser.resize(1600, 1000);
    }

    @AfterEach
    void theConsoleIsEmpty() {
        browser.prefer("light");
        assertThat(browser.console()).isEmpty();
        server.close();
    }

    private void show(String query) {
        browser.open(server.page(query));
        browser.awaits("figures", () -> browser.text("#status").equals("Live"));
    }

    private List<String> products() {
        return browser.texts("#products tbody th");
    }

    @Test
    void tablesSortByAnyColumnWithWhatNobodyShouldActOnLast() {
        show("");
        assertThat(products()).containsExactly("mug", "walnut-tray", "手工茶壶", "lamp", "<b>bold</b> & co");

        browser.find("#products th[data-column=roas] button").click();

        assertThat(products()).containsExactly("mug", "walnut-tray", "lamp", "<b>bold</b> & co", "手工茶壶");
        assertThat(browser.find("#products th[data-column=roas]").getDomAttribute("aria-sort"))
                .isEqualTo("descending");
        assertThat(browser.query()).isEqualTo("products.sort=-roas");

        browser.find("#products th[data-column=roas] button").click();

        assertThat(products()).containsExactly("walnut-tray", "mug", "lamp", "<b>bold</b> & co", "手工茶壶");
        browser.find("#products th[data-column=name] button").click();
        assertThat(browser.query()).isEqualTo("products.sort=name");

        browser.back();
        browser.back();

        browser.awaits("what was before", () -> browser.query().equals("products.sort=-roas"));
        assertThat(products()).startsWith("mug");
        browser.reload();
        browser.awaits("the same after a reload", () -> products().size() == 5);
        assertThat(products()).containsExactly("mug", "walnut-tray", "lamp", "<b>bold</b> & co", "手工茶壶");
    }

    @Test
    void tablesFilterByTextAndSayHowManyThereAre() {
        show("");
        assertThat(browser.text("#products .count")).isEqualTo("the 5 first by visitors of 1,200");

        browser.find("#product_sources input").sendKeys("MUG ads");

        browser.awaits(
                "the filter", () -> browser.texts("#product_sources tbody th").size() == 1);
        assertThat(browser.text("#product_sources tbody th")).isEqualTo("mugads");
        assertThat(browser.text("#product_sources .count")).isEqualTo("1 of 2 match");
        assertThat(browser.query()).isEqualTo("product_sources.filter=MUG+ads");

        browser.back();

        browser.awaits("typing is one step back", () -> browser.query().isEmpty());
        assertThat(browser.texts("#product_sources tbody th")).hasSize(2);
    }

    @Test
    void aCopiedLinkShowsTheSameView() {
        show("?window=1h&range=12h&by=revenue_micros&top=50&theme=dark&sources.sort=name&sources.filter=a");
        assertThat(browser.texts("#sources tbody th")).containsExactly("ads", "email", "search");
        assertThat(browser.script("return document.querySelector('#windows :checked').value"))
                .isEqualTo("1h");
        assertThat(browser.script("return document.querySelector('#ranges :checked').value"))
                .isEqualTo("12h");
        assertThat(browser.script("return document.querySelector('#by').value")).isEqualTo("revenue_micros");
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        assertThat(server.asked()).contains("/api/v1/stream?window=1h&top=50&by=revenue_micros");
    }

    @Test
    void theAddressCannotAskForWhatThereIsNot() {
        show("?window=1y&range=9h&top=9999999&by=magic&theme=pink&products.sort=-nothing");
        assertThat(server.asked()).contains("/api/v1/stream?window=today&top=20&by=visitors");
        assertThat(products()).startsWith("mug");
    }

    @Test
    void theBackButtonGoesBackToTheWindowBefore() {
        show("");
        browser.find("#windows label:nth-of-type(2)").click();
        browser.awaits(
                "5 minutes", () -> browser.text("[data-figure=visitors] .value").equals("130"));
        assertThat(browser.query()).isEqualTo("window=5m");
        browser.awaits("its tables", () -> server.asked().contains("/api/v1/stream?window=5m&top=20&by=visitors"));

        browser.back();

        browser.awaits(
                "today", () -> browser.text("[data-figure=visitors] .value").equals("8,000"));
    }

    @Test
    void everyTableCanBeTakenAlongAsCsv() {
        show("?window=24h&by=roas");
        assertThat(browser.find("#product_sources .csv").getDomAttribute("href"))
                .isEqualTo("/api/v1/now?dimension=product_source&window=24h&by=roas&top=1000&format=csv");
        assertThat(browser.texts(".ranking .csv[download]")).hasSize(4);
        browser.awaits("the plots", () -> browser.find("#windows-csv").getDomAttribute("href") != null);
        assertThat(browser.find("#windows-csv").getDomAttribute("href"))
                .startsWith("/api/v1/windows?dimension=total&window=1m&from=2026-03-02T06%3A45")
                .endsWith("format=csv");
    }

    @Test
    void darkAndLightFollowTheSystemTheAddressAndTheLastChoice() {
        browser.prefer("dark");
        show("");
        Object dark = browser.script(BACKGROUND);
        browser.prefer("light");
        browser.awaits("light", () -> !Objects.equals(dark, browser.script(BACKGROUND)));
        Object light = browser.script(BACKGROUND);

        browser.find("#theme").click();

        assertThat(browser.script(BACKGROUND)).isEqualTo(dark);
        assertThat(browser.query()).isEqualTo("theme=dark");
        show("");
        assertThat(browser.script(BACKGROUND)).as("the last choice").isEqualTo(dark);
        show("?theme=light");
        assertThat(browser.script(BACKGROUND)).as("the address").isEqualTo(light);
    }

    @Test
    void textReadsWellInDarkAndLight() {
        for (String theme : List.of("dark", "light")) {
            show("?theme=" + theme);
            Object least = browser.script("""
                    const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
                    const luminance = (colour) => {
                      const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((value) => channel(value / 255));
                      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                    };
                    const style = getComputedStyle(document.documentElement);
                    const probe = document.body.appendChild(document.createElement("i"));
                    const colour = (name) => { probe.style.color = style.getPropertyValue(name); return luminance(getComputedStyle(probe).color); };
                    const contrast = (a, b) => { const [x, y] = [colour(a), colour(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
                    const pairs = [["--text", "--surface"], ["--quiet", "--surface"], ["--quiet", "--page"], ["--accent", "--surface"],
                      ["--good", "--surface"], ["--bad", "--surface"], ["--warn", "--surface"], ["--good", "--good-soft"],
                      ["--bad", "--bad-soft"], ["--warn", "--warn-soft"], ["--accent", "--accent-soft"], ["--surface", "--bad"]];
                    const least = Math.min(...pairs.map(([a, b]) => contrast(a, b)));
                    probe.remove();
                    return least;
                    """);
            assertThat(((Number) Objects.requireNonNull(least)).doubleValue())
                    .as(theme)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void allCanBeDoneByKeyboard() {
        show("");
        browser.press("2");
        browser.awaits("5 minutes", () -> browser.query().equals("window=5m"));
        browser.press("r");
        assertThat(browser.query()).isEqualTo("window=5m&range=12h");
        browser.press("/");
        assertThat(browser.script("return document.activeElement.placeholder")).isEqualTo("Filter products");
        browser.press("tray");
        browser.awaits("what is typed is no shortcut", () -> products().equals(List.of("walnut-tray")));
        browser.press(Keys.TAB, Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Product");
        browser.press(Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        assertThat(browser.script("return document.activeElement.dataset.column"))
                .isEqualTo("visitors");
        assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        assertThat(browser.text("#explanation")).contains("Visitors of walnut-tray: 1,300");
        browser.press(Keys.ARROW_UP, Keys.ENTER);
        assertThat(browser.query()).contains("products.sort=visitors");
        browser.press("?");
        assertThat(browser.shows("#help")).isTrue();
        assertThat(browser.texts("#shortcuts kbd")).contains("?", "/", "d", "w");
        browser.press(Keys.ESCAPE);
        assertThat(browser.shows("#help")).isFalse();
    }

    @Test
    void shortcutsCanBeTurnedOff() {
        show("");
        browser.press("?");
        browser.find("#shortcuts-on").click();
        browser.press(Keys.ESCAPE);

        browser.press("1");
        browser.reload();
        browser.awaits("figures", () -> browser.text("#status").equals("Live"));
        browser.press("1");

        assertThat(browser.query()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"360,740", "390,844", "768,1024", "1366,768", "1920,1080", "3840,2160"})
    void thePageFitsFromPhoneToWall(int width, int height) {
        browser.resize(width, height);
        show("");
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(browser.script("return document.querySelector('#conversion-plot .plot').clientWidth > 200"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"1366,768", "1920,1080", "3840,2160"})
    void aWallScreenShowsAllThatMattersWithoutScrolling(int width, int height) {
        browser.resize(width, height);
        server.change(board -> board.withArray("/alerts").add(BoardJson.alert()));
        show("?wall=1");
        browser.awaits("the alert", () -> browser.shows(".alert"));
        assertThat(browser.script("return document.documentElement.scrollHeight <= innerHeight"))
                .isEqualTo(true);
        for (String part : List.of(
                ".alert",
                ".hero .value",
                "#verdict .words",
                "#revenue-plot .plot",
                "#cards",
                ".funnel",
                "#sources",
                "#products")) {
            assertThat(browser.script(
                            "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
                                    + "return box.height > 0 && box.bottom <= innerHeight && box.right <= innerWidth",
                            part))
                    .as(part)
                    .isEqualTo(true);
        }
        browser.press("w");
        assertThat(browser.query()).isEmpty();
    }
}
