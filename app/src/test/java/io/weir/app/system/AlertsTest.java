package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.system.AlertmanagerServer.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The demo with Prometheus and Alertmanager beside it, as {@code prometheus/README.md} says: the planted incident is on
 * the page, wakes somebody, by the right product, and is over when it is over.
 *
 * <p>Nothing here can be hurried, since rules look at windows of five minutes of the real clock: it takes some 19 minutes,
 * nearly all of it waiting, and so runs beside the other tests.
 */
@Execution(ExecutionMode.CONCURRENT)
class AlertsTest {
    private static final Path RULES = Path.of(System.getProperty("weir.root", ".."), "prometheus");
    private static final Duration INCIDENT_AFTER = Duration.ofMinutes(6);
    private static final Duration INCIDENT_FOR = Duration.ofMinutes(7);
    private static final Pattern PRODUCT = Pattern.compile("the conversion of (\\S+) collapses");
    private static final String DROP = "WeirProductConversionDrop";

    @TempDir
    Path folder;

    @Test
    void thePlantedIncidentWakesSomebodyOnceAndForTheRightProduct() throws Exception {
        Programs.require("prometheus", "prometheus");
        Browser.assumeInstalled();
        Path rules = copyOfRules();
        try (AlertmanagerServer alertmanager = AlertmanagerServer.start(folder, rules.resolve("alertmanager.yml"));
                Child demo = startDemo()) {
            setTarget(rules.resolve("targets/alertmanager.yml"), alertmanager.address());
            RunningWeir weir = RunningWeir.of(demo);
            setTarget(rules.resolve("targets/weir.yml"), weir.page().getAuthority());
            try (PrometheusServer prometheus = PrometheusServer.start(folder, rules.resolve("prometheus.yml"))) {
                String product = plantedProduct(demo);
                await().atMost(Duration.ofSeconds(60)).until(prometheus::isReady);
                await().atMost(Duration.ofSeconds(60)).until(alertmanager::isReady);

                await().atMost(INCIDENT_AFTER.plusMinutes(1))
                        .until(() -> demo.out().contains("collapses now"));
                Instant began = Instant.now();
                assertPageRaisesTheAlarm(weir, product);
                Duration onPage = Duration.between(began, Instant.now());

                await().atMost(INCIDENT_FOR)
                        .pollInterval(Duration.ofSeconds(5))
                        .until(() -> !drops(alertmanager).isEmpty());
                Duration awake = Duration.between(began, Instant.now());
                assertThat(drops(alertmanager)).singleElement().satisfies(drop -> {
                    assertThat(drop.subject()).isEqualTo(product);
                    assertThat(drop.severity()).isEqualTo("critical");
                    assertThat(drop.receivers()).containsExactly("pager");
                    assertThat(drop.muted()).isFalse();
                });

                await().atMost(INCIDENT_FOR.plusMinutes(10))
                        .pollInterval(Duration.ofSeconds(5))
                        .until(() -> drops(alertmanager).isEmpty());
                assertThat(productsThatFired(prometheus)).containsExactly(product);
                System.out.printf(
                        "incident of %s: on the page after %d s, somebody woken after %d s, over after %d s of %d s%n",
                        product,
                        onPage.toSeconds(),
                        awake.toSeconds(),
                        Duration.between(began, Instant.now()).toSeconds(),
                        INCIDENT_FOR.toSeconds());
            }
        }
    }

    private static void assertPageRaisesTheAlarm(RunningWeir weir, String product) throws IOException {
        try (Browser browser = Browser.start()) {
            browser.open(weir.page());
            await().atMost(INCIDENT_FOR)
                    .until(() -> browser.texts(".alert").stream()
                            .anyMatch(alert -> alert.contains("Critical") && alert.contains(product)));
            Set<String> products = new TreeSet<>(weir.json("api/v1/alerts").findValuesAsText("product"));
            products.remove("null");
            assertThat(products).containsExactly(product);
            assertThat(browser.console()).isEmpty();
        }
    }

    private Child startDemo() throws IOException {
        return Child.start(
                folder,
                "demo",
                "--rate",
                "300",
                "--incident-after",
                INCIDENT_AFTER.toString(),
                "--incident-for",
                INCIDENT_FOR.toString(),
                "--set",
                "http.port=0");
    }

    private Path copyOfRules() throws IOException {
        Path copy = folder.resolve("prometheus");
        Folders.copy(RULES, copy);
        return copy;
    }

    private static void setTarget(Path file, String address) throws IOException {
        Files.writeString(file, "- targets: ['" + address + "']\n");
    }

    private static String plantedProduct(Child demo) {
        Matcher product = PRODUCT.matcher(demo.out());
        assertThat(product.find()).as("says what it plants: %s", demo).isTrue();
        return product.group(1);
    }

    private static List<Alert> drops(AlertmanagerServer alertmanager) throws IOException {
        return alertmanager.alerts().stream()
                .filter(alert -> alert.name().equals(DROP))
                .toList();
    }

    /** Products of which any alert has fired since the start. */
    private static List<String> productsThatFired(PrometheusServer prometheus) throws IOException {
        String fired = "sort(count by (product) (count_over_time(ALERTS{alertstate=\"firing\", product!=\"\"}[1h])))";
        return prometheus.query(fired, Instant.now()).findValuesAsText("product").stream()
                .sorted()
                .toList();
    }
}
