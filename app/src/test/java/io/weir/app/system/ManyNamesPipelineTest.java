package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every event names another product and another source, some with names as long as they may be and some far longer: a
 * running instance of 320 MB of heap goes on, exact, and what it shows stays small.
 */
@ExtendWith(SharedBroker.class)
class ManyNamesPipelineTest {
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int EVENTS = 2_000;
    private static final int LONGEST = 1_024;
    private static final int ENORMOUS = 100 * 1_024;
    private static final int LIMIT = 20;

    @TempDir
    Path folder;

    private static EventRow visit(int i, int nameLength) {
        String product = "product-" + i + "-" + "p".repeat(Math.max(0, nameLength - 20));
        String source = "source-" + i + "-" + "s".repeat(Math.max(0, nameLength - 20));
        return EventRow.visit("v" + nameLength + "-" + i, "visitor-" + i % 700, product, source, null, null, TEN + i);
    }

    private static List<EventRow> accepted() {
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            rows.add(visit(i, i % 10 == 0 ? LONGEST : 0));
        }
        return rows;
    }

    @Test
    void aRunningInstanceStaysExactAndWhatItShowsStaysSmall(BrokerProcess broker) throws Exception {
        List<EventRow> accepted = accepted();
        Map<String, String> settings = Map.of(
                "metrics.products", "" + LIMIT, "metrics.sources", "" + LIMIT, "metrics.product.sources", "" + LIMIT);
        try (Application weir = new Application("names", broker.bootstrapServers(), folder, settings)) {
            Child instance = weir.start(1);
            weir.publish(accepted);
            for (int i = 0; i < 50; i++) {
                weir.publish(List.of(visit(i, ENORMOUS)));
            }
            RunningWeir running = RunningWeir.of(instance);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(running.events())
                            .isEqualTo(
                                    Map.of("visits accepted", (long) EVENTS, "visits rejected field_too_long", 50L)));
            String oracle = BatchOracle.file(BatchOracle.windowsCsv(accepted, OracleSettings.DEFAULT));
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> weir.windowsCsv().equals(oracle));
            await().atMost(LONG).untilAsserted(() -> assertBounded(running));
            assertThat(instance.isAlive()).isTrue();
            assertThat(instance.err()).doesNotContain("OutOfMemory", "stream thread failed");
        }
    }

    private static void assertBounded(RunningWeir running) {
        String metrics = running.get("metrics").body();
        for (String dimension : List.of("product", "source", "product_source")) {
            List<String> series = metrics.lines()
                    .filter(line -> line.startsWith("weir_" + dimension + "_visits{") && line.contains("\"today\""))
                    .toList();
            assertThat(series).hasSizeBetween(2, LIMIT + LIMIT / 4 + 2);
            assertThat(series.stream()
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                            .sum())
                    .as("visits by %s", dimension)
                    .isEqualTo(EVENTS);
        }
        assertThat(metrics).contains("__other__").hasSizeLessThan(2_000_000);
        String board = running.get("api/v1/board?window=today&top=100").body();
        assertThat(board).contains("product-", "source-");
        assertThat(board.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
    }
}
