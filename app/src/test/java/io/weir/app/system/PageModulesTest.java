package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page's arithmetic, module by module: what it compares and expects, and how it writes numbers and times. */
@ExtendWith(SharedBrowser.class)
class PageModulesTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    /** Minutes from 0 on with 1,000 visitors each, of which {@code buyers(minute)} buy. */
    private static final String MINUTES = """
            const { Windows, conversionPoints, revenuePoints, reference, expected, verdict } = await import("/series.js");
            const MINUTE = 60_000;
            const minutes = (first, last, buyers) => new Windows(
              Array.from({ length: last - first }, (_, i) => first + i).flatMap((minute) => buyers(minute) === null ? [] : [{
                start: new Date(minute * MINUTE).toISOString(),
                measures: { visitors: 1000, buyers: buyers(minute), revenue_micros: 2_500_000 * buyers(minute) },
              }]), MINUTE);
            const how = { shift: (ms) => ms - 1440 * MINUTE, aroundMs: 30 * MINUTE, recent: true, minVisitors: 30, endMs: 1e15 };
            """;

    private final Browser browser;
    private final PageServer server;

    PageModulesTest(Browser browser) throws IOException {
        this.browser = browser;
        this.server = new PageServer();
    }

    @BeforeEach
    void open() {
        browser.open(server.page(""));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** What the body of an asynchronous function returns; an error's text if it fails. */
    private Object run(String body) {
        return Objects.requireNonNull(browser.scriptThatAnswersLater("const done = arguments[0]; (async () => {" + body
                + "})().then(done, (error) => done(String(error)))"));
    }

    private List<Double> numbers(String body) {
        return ((List<?>) run(body))
                .stream().map(value -> ((Number) value).doubleValue()).toList();
    }

    @Test
    void twoSharesAreComparedByTheirPooledStandardError() {
        List<Double> z = numbers("""
                const { standardErrorsApart } = await import("/compare.js");
                return [standardErrorsApart(30, 1000, 50, 1000), standardErrorsApart(50, 1000, 50, 1000)];
                """);
        assertThat(z.get(0)).isEqualTo(-0.02 / Math.sqrt(0.04 * 0.96 * 0.002), CLOSE);
        assertThat(z.get(1)).isZero();
        assertThat(run("const { standardErrorsApart } = await import('/compare.js');"
                        + "return String(standardErrorsApart(2, 1, 1, 3)) + standardErrorsApart(0, 0, 1, 3)"))
                .as("more buyers than visitors, and nobody")
                .isEqualTo("nullnull");
    }

    @Test
    void whatIsExpectedIsAsWideAsChanceAndNeverNarrowerThanATenth() {
        List<Double> band = numbers(MINUTES + """
                const narrow = expected({ buyers: 40_000, visitors: 1_000_000 }, 1_000_000);
                const wide = expected({ buyers: 40, visitors: 1000 }, 100);
                return [narrow.low, narrow.high, wide.low, wide.mid, wide.high];
                """);
        double reach = 3 * Math.sqrt(0.04 * 0.96 * (0.01 + 0.001));
        assertThat(band.get(0)).isEqualTo(0.036, CLOSE);
        assertThat(band.get(1)).isEqualTo(0.044, CLOSE);
        assertThat(band.get(2)).isZero();
        assertThat(band.get(3)).isEqualTo(0.04, CLOSE);
        assertThat(band.get(4)).isEqualTo(0.04 + reach, CLOSE);
    }

    @Test
    void yesterdayIsExpectedAndWithoutItTheHourBefore() {
        assertThat(run(MINUTES + """
                        const today = minutes(1440 + 400, 1440 + 500, () => 30);
                        const before = minutes(400, 540, () => 40);
                        const at = (minute, yesterday) => reference(today, yesterday, minute * MINUTE, (minute + 1) * MINUTE, how);
                        const show = (found) => found === null ? "none" : `${found.by} ${found.buyers}/${found.visitors}`;
                        return [show(at(1440 + 490, before)), show(at(1440 + 490, null)), show(at(1440 + 415, null)),
                          show(at(1440 + 425, minutes(0, 1, () => 1)))];
                        """))
                .isEqualTo(List.of("yesterday 2440/61000", "recent 1800/60000", "none", "recent 450/15000"));
    }

    @Test
    void meansAreOfSummedNumeratorsAndDenominators() {
        assertThat(run(MINUTES + """
                        const today = minutes(0, 12, (minute) => minute === 7 ? null : minute);
                        const points = conversionPoints(today, null, 0, 12 * MINUTE, 5 * MINUTE, how);
                        return points.map(({ buyers, visitors, rate }) => `${buyers}/${visitors}=${rate}`);
                        """)).isEqualTo(List.of("10/5000=0.002", "28/4000=0.007", "21/2000=0.0105"));
    }

    @Test
    void revenueAddsUpAndIsUnknownOutsideOfWhatIsKnown() {
        assertThat(run(MINUTES + """
                        const today = minutes(10, 25, (minute) => minute >= 15 && minute < 20 ? null : 2);
                        const points = revenuePoints(today, 0, 30 * MINUTE, 5 * MINUTE, 22 * MINUTE);
                        return points.map(({ revenue, open }) => `${revenue} ${open ? "open" : "closed"}`);
                        """))
                .isEqualTo(List.of("null closed", "null closed", "25 closed", "0 closed", "25 open", "null open"));
    }

    @Test
    void theVerdictJudgesTheLastTenMinutes() {
        assertThat(run(MINUTES + """
                        const yesterday = minutes(0, 200, () => 40);
                        const outcome = (buyers) => verdict(minutes(1440, 1440 + 120, (minute) => minute >= 1440 + 110 ? buyers : 40),
                          yesterday, (1440 + 120) * MINUTE, how).verdict;
                        const unknown = verdict(minutes(1440, 1441, () => 1), null, 1441 * MINUTE, how).verdict;
                        return [outcome(40), outcome(36), outcome(25), outcome(60), unknown];
                        """)).isEqualTo(List.of("expected", "expected", "below", "above", "unknown"));
    }

    @Test
    void theSameTimeYesterdayIsByTheClockWhereClocksChange() {
        assertThat(run("""
                        const { dayBefore } = await import("/format.js");
                        const before = (instant, zone) => new Date(dayBefore(Date.parse(instant), zone)).toISOString();
                        return [before("2026-03-08T16:00:00.500Z", "America/New_York"), before("2026-11-01T17:00:00Z", "America/New_York"),
                          before("2026-03-08T16:00:00Z", "Asia/Shanghai"), before("2026-03-08T16:00:00Z", "No/Where")];
                        """))
                .isEqualTo(List.of(
                        "2026-03-07T17:00:00.500Z",
                        "2026-10-31T16:00:00.000Z",
                        "2026-03-07T16:00:00.000Z",
                        "2026-03-07T16:00:00.000Z"));
    }

    @Test
    void numbersAreWrittenWithTheirUnits() {
        assertThat(run("""
                        const { write, writeDuration } = await import("/format.js");
                        return [write(1234567.891, "amount", "CNY"), write(3.456, "money", "EUR"), write(3, "money", "no code"),
                          write(0.03411, "percent"), write(-0.06, "signedPercent"), write(2.168, "times"), write(null, "count"),
                          writeDuration(95.9), writeDuration(600), writeDuration(8000),
                          ...[0, 0.0002, 0.0004, 0.0006, 0.05].map((tick) => write(tick, "axisShare"))];
                        """))
                .isEqualTo(List.of(
                        "¥1,234,568",
                        "€3.46",
                        "3.00 no code",
                        "3.41%",
                        "-6%",
                        "2.17",
                        "–",
                        "95 s",
                        "10 min",
                        "2 h",
                        "0%",
                        "0.02%",
                        "0.04%",
                        "0.06%",
                        "5%"));
    }
}
