package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.app.system.AlertmanagerServer.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo with Prometheus and Alertmanager beside it, as {@code prometheus/README.md} says: the planted incident wakes
 * somebody, by the right product, and is over when it is over.
 *
 * <p>Nothing here can be hurried, since rules look at windows of five minutes of the real clock, and it needs scrapes that
 * are not held up: it takes some 25 minutes on a machine that does nothing else, nearly all of it waiting. So it runs only
 * when asked for: {@code ./weir test -pl schemas,topology,app -Dtest=AlertsTest -Dweir.alerts=true}.
 */
class AlertsTest {
    private static final Path RULES = Path.of(System.getProperty("weir.root", ".."), "prometheus");
    private static final Duration INCIDENT_AFTER = Duration.ofMinutes(6);
    private static final Duration INCIDENT_FOR = Duration.ofMinutes(9);
    private static final Pattern PRODUCT = Pattern.compile("the conversion of (\\S+) collapses");
    private static final String DROP = "WeirProductConversionDrop";

    @TempDir
    Path folder;

    @Test
    void thePlantedIncidentWakesSomebodyOnceAndForTheRightProduct() throws Exception {
        assumeTrue(
                Boolean.getBoolean("weir.alerts"), "takes 25 minutes of a quiet machine: -Dweir.alerts=true runs it");
        Programs.require("prometheus", "prometheus");
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

                await().atMost(INCIDENT_AFTER.plus(INCIDENT_FOR))
                        .pollInterval(Duration.ofSeconds(5))
                        .until(() -> !drops(alertmanager).isEmpty());
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
            }
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
        try (Stream<Path> files = Files.walk(RULES)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(RULES.relativize(file).toString()));
            }
        }
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
