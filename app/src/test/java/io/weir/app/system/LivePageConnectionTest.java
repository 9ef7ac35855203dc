package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the live page says when it has no figures, or none that can be trusted, and that it resumes by itself. */
@ExtendWith(SharedBrowser.class)
class LivePageConnectionTest {
    private final Browser browser;
    private final PageServer server;

    LivePageConnectionTest(Browser browser) throws IOException {
        this.browser = browser;
        this.server = new PageServer();
        browser.resize(1600, 1000);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void show() {
        browser.open(server.page(""));
        awaitStatus("Live");
    }

    private void awaitStatus(String status) {
        browser.awaits(status, () -> browser.text("#status").equals(status));
    }

    private void resumes() {
        server.become(PageServer.Mode.SERVING);
        awaitStatus("Live");
        assertThat(browser.shows("#connection")).isFalse();
        assertThat(browser.text("[data-figure=visitors] .value")).isEqualTo("8,000");
    }

    @Test
    void aLostConnectionIsSaidWithTheAgeOfTheFigures() {
        show();

        server.become(PageServer.Mode.CUT);

        awaitStatus("Disconnected");
        assertThat(browser.shows("#connection")).isTrue();
        assertThat(browser.text("#connection"))
                .matches("Connection lost\\. The figures are \\d+ s old, as of 09:41:46\\. Trying again by itself\\.");
        String first = browser.text("#connection");
        browser.awaits("they grow older", () -> !browser.text("#connection").equals(first));
        assertThat(browser.texts("#announcements p"))
                .filteredOn(text -> text.startsWith("Disconnected"))
                .hasSize(1);
        resumes();
    }

    @Test
    void silenceOnAnOpenConnectionCountsAsLost() {
        show();

        server.become(PageServer.Mode.SILENT);

        awaitStatus("Disconnected");
        resumes();
        assertThat(browser.console())
                .as("nothing failed that a browser would tell")
                .isEmpty();
    }

    @Test
    void aServerWithoutFiguresIsSaidWithItsReason() {
        show();

        server.become(PageServer.Mode.REFUSING);

        awaitStatus("No figures");
        assertThat(browser.text("#connection")).startsWith("No figures now: stores are being restored.");
        resumes();
    }

    @Test
    void aPageThatIsOpenedTooEarlyFillsByItself() {
        server.become(PageServer.Mode.REFUSING);
        browser.open(server.page(""));

        awaitStatus("No figures");
        assertThat(browser.text("#connection"))
                .isEqualTo(
                        "No figures now: stores are being restored. There are no figures yet. Trying again by itself.");
        assertThat(browser.text("[data-figure=visitors] .value")).isEqualTo("–");
        resumes();
    }

    @Test
    void figuresThatAreNotCompleteAreSaidToBe() {
        show();

        server.change(board -> board.put("complete", false));

        awaitStatus("Incomplete");
        assertThat(browser.text("#connection")).startsWith("Incomplete: a part of Weir does not answer");
    }

    @Test
    void figuresThatLieBehindAreAWarning() {
        show();
        assertThat(browser.text("#behind")).endsWith(" s");

        server.change(board -> board.put("seconds_behind", 95.0));

        awaitStatus("Behind");
        assertThat(browser.text("#connection")).startsWith("Behind: the figures are 95 s old.");
        server.change(board -> {});
        awaitStatus("Live");
    }

    @Test
    void aShopWithoutEventsShowsDashesAndNoError() {
        server.change(board -> {
            board.putNull("data_as_of").putNull("stream_time").putNull("seconds_behind");
            board.putObject("shop")
                    .putNull("1m")
                    .putNull("5m")
                    .putNull("1h")
                    .putNull("24h")
                    .putNull("today")
                    .putNull("yesterday");
            for (String table : new String[] {"sources", "campaigns", "products", "product_sources"}) {
                board.putObject(table).put("keys", 0).putArray("lines");
            }
        });
        browser.open(server.page(""));

        awaitStatus("Waiting for events");
        assertThat(browser.texts(".card .value, .lanes b, #windows b"))
                .hasSize(24)
                .allMatch("–"::equals);
        assertThat(browser.text("#sources .empty")).isEqualTo("Nothing in this window yet.");
        assertThat(browser.console()).isEmpty();
    }
}
