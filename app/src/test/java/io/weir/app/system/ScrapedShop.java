package io.weir.app.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.broker.BrokerProcess;
import io.weir.app.grafana.Dashboard;
import io.weir.oracle.EventRow;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A shop with a day behind it, which Weir has read, and a Prometheus that has scraped Weir meanwhile, with the rules of
 * this project. It stands still once {@link #start} is done: queries are about that moment.
 */
final class ScrapedShop implements AutoCloseable {
    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Events a second. */
    private static final double QUIET_RATE = 0.05;

    private static final double BUSY_RATE = 8;

    private final Application application;
    private final PrometheusServer prometheus;
    private final Instant now;

    private ScrapedShop(Application application, PrometheusServer prometheus, Instant now) {
        this.application = application;
        this.prometheus = prometheus;
        this.now = now;
    }

    /** Returns once each of these expressions has had a result. */
    static ScrapedShop start(BrokerProcess broker, Path folder, List<String> expressions) throws Exception {
        // Fewer series than products, so that some are folded.
        Application application = new Application(
                "dashboards", broker, folder, Map.of("metrics.products", "60", "topic.partitions", "2"));
        try {
            Deque<EventRow> rows = rows(Instant.now());
            publishUntilNow(application, rows);
            RunningWeir weir = RunningWeir.of(application.start(1));
            await().atMost(PATIENCE).until(() -> weir.status("health/ready") == 200);
            PrometheusServer prometheus = PrometheusServer.start(folder, configuration(folder, weir));
            try {
                await().atMost(PATIENCE).until(prometheus::isReady);
                await().atMost(PATIENCE).pollInterval(SCRAPE_INTERVAL).until(() -> {
                    publishUntilNow(application, rows);
                    return hasAll(prometheus, expressions);
                });
                return new ScrapedShop(application, prometheus, Instant.now());
            } catch (Throwable e) {
                prometheus.close();
                throw e;
            }
        } catch (Throwable e) {
            application.close();
            throw e;
        }
    }

    /** A quiet day and then a busy while, which lasts until after the test; some of it is of no use. */
    private static Deque<EventRow> rows(Instant now) {
        Instant opened = now.minus(Duration.ofHours(25));
        Instant busy = now.minus(Duration.ofMinutes(10));
        List<EventRow> rows = new ArrayList<>(Events.ofShop(
                41, opened, QUIET_RATE, (int) (QUIET_RATE * Duration.ofHours(30).toSeconds())));
        rows.removeIf(row -> row.timeMs() >= busy.toEpochMilli());
        for (EventRow row : Events.ofShop(
                42, busy, BUSY_RATE, (int) (BUSY_RATE * Duration.ofMinutes(20).toSeconds()))) {
            rows.add(row);
            if (rows.size() % 50 == 0) {
                rows.add(EventRow.click(row.id() + "-bad", row.visitorId(), "p", "s", null, -1, row.timeMs()));
            }
        }
        return new ArrayDeque<>(rows);
    }

    private static void publishUntilNow(Application application, Deque<EventRow> rows) {
        long nowMs = System.currentTimeMillis();
        List<EventRow> due = new ArrayList<>();
        while (!rows.isEmpty() && rows.peek().timeMs() <= nowMs) {
            due.add(rows.poll());
        }
        application.publish(due);
    }

    private static boolean hasAll(PrometheusServer prometheus, List<String> expressions) throws IOException {
        for (String expression : expressions) {
            if (prometheus.query(expression, Instant.now()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** As prometheus.yml, but quicker, and with an alert that always fires. */
    private static Path configuration(Path folder, RunningWeir weir) throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Dashboard.ROOT.resolve("prometheus/rules"), "*.yml")) {
            for (Path file : files) {
                String text = Files.readString(file).replaceAll("(?m)^( +interval:) .*$", "$1 1s");
                Files.writeString(rules.resolve(file.getFileName()), text);
            }
        }
        Files.writeString(rules.resolve("test.yml"), """
                groups:
                  - name: test
                    rules:
                      - alert: WeirTest
                        expr: vector(1)
                        labels: { severity: warning, source: direct, product: mug, campaign: none }
                """);
        return Files.writeString(
                folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, evaluation_interval: 1s }
                rule_files: [ "rules/*.yml" ]
                scrape_configs:
                  - job_name: weir
                    static_configs: [ { targets: [ "%s" ] } ]
                """.formatted(weir.page().getAuthority()));
    }

    /** The samples of an instant query. */
    JsonNode query(String expression) throws IOException {
        return prometheus.query(expression, now);
    }

    /** The series of a query over the last half minute. */
    JsonNode queryRange(String expression) throws IOException {
        return prometheus.query(expression, now.minusSeconds(30), now, Duration.ofSeconds(5));
    }

    List<String> metrics() throws IOException {
        return prometheus.metrics();
    }

    @Override
    public void close() throws InterruptedException {
        prometheus.close();
        application.close();
    }
}
