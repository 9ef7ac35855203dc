package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.FigureRows;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three partitions; one moves from instance a to b and back, one goes to b by a crash of a's thread, and one stays, while
 * events flow. Prometheus's own promtool counts what was scraped from the two instances: over the recorded series exactly
 * what happened, over the raw series more, because each instance's counter carries what the other has counted.
 */
class CountersOverMovesTest {
    private static final long SEED = 17;
    private static final int SCRAPE_SECONDS = 15;
    private static final int MINUTES = 40;
    private static final int QUIET_SECONDS = 60;
    private static final int MOVES = 0;
    private static final int CRASHES = 1;
    private static final int STAYS = 2;
    private static final int REBALANCE_SECONDS = 5;
    private static final int SESSION_SECONDS = 45;
    private static final int READ_PER_SECOND = 400;

    private static final String RULES = """
            groups:
              - name: counters
                interval: 15s
                rules:
                  - record: partition:weir_events:max
                    expr: max without (instance, pod) (weir_events_total)
            """;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Shop> instances = new LinkedHashMap<>();
    private final Map<Integer, Partition> partitions = new TreeMap<>();

    /** By series: one value for each scrape, as promtool writes them. */
    private final Map<String, List<String>> scraped = new TreeMap<>();

    private static final class Partition {
        private String owner = "a";
        private long published = 0;
        private long read = 0;
        private long committed = 0;
        private int awaySinceSecond = 0;
    }

    @BeforeEach
    void start() {
        for (String instance : List.of("a", "b")) {
            instances.put(instance, new Shop(10));
        }
        for (int partition : List.of(MOVES, CRASHES, STAYS)) {
            partitions.put(partition, new Partition());
        }
    }

    @AfterEach
    void stop() {
        instances.values().forEach(Shop::close);
    }

    /** As Kafka Streams does it: records, what is known of them, and a commit when more than a second has passed. */
    private void second(int second) {
        boolean quiet = second < QUIET_SECONDS || second > MINUTES * 60 - QUIET_SECONDS;
        instances.values().forEach(shop -> shop.clock(Instant.ofEpochSecond(second)));
        partitions.forEach((number, partition) -> {
            partition.published += quiet ? 0 : random.nextInt(100);
            if (second >= partition.awaySinceSecond) {
                partition.read = Math.min(partition.published, partition.read + READ_PER_SECOND);
                tell(number, partition);
                partition.committed = second % 2 == 0 ? partition.read : partition.committed;
            }
        });
    }

    private void tell(int number, Partition partition) {
        Ledger ledger = new Ledger();
        ledger.add(EventType.VISIT, Outcome.ACCEPTED, partition.read);
        instances
                .get(partition.owner)
                .metrics
                .listener()
                .inputProgressed(FigureRows.progress(number, ledger, 1), Map.of());
    }

    /** The new owner goes on from the last commit. */
    private void move(int second, int number, String to, boolean crash) {
        Partition partition = partitions.get(number);
        partition.committed = crash ? partition.committed : partition.read;
        partition.read = partition.committed;
        instances.get(partition.owner).revokeInput(number);
        partition.owner = to;
        partition.awaySinceSecond = second + (crash ? SESSION_SECONDS : REBALANCE_SECONDS);
    }

    private void scrape(int scrape) {
        instances.forEach((instance, shop) -> shop.scrape().samples("weir_events_total").stream()
                .filter(sample -> sample.label("outcome").equals("accepted"))
                .forEach(sample -> {
                    String series = "weir_events_total{instance=\"" + instance + "\",input=\"" + sample.label("input")
                            + "\",outcome=\"accepted\",partition=\"" + sample.label("partition") + "\"}";
                    List<String> values = scraped.computeIfAbsent(series, none -> new ArrayList<>());
                    fill(values, scrape);
                    values.add(Long.toString((long) sample.value()));
                }));
    }

    /** What a scrape no longer has is stale at once. */
    private static void fill(List<String> values, int scrape) {
        while (values.size() < scrape) {
            values.add(values.isEmpty() || values.get(values.size() - 1).matches("_|stale") ? "_" : "stale");
        }
    }

    private String story() {
        for (int second = 0; second <= MINUTES * 60; second++) {
            switch (second) {
                case 10 * 60 + 7 -> move(second, MOVES, "b", false);
                case 20 * 60 + 8 -> move(second, CRASHES, "b", true);
                case 30 * 60 + 4 -> move(second, MOVES, "a", false);
                default -> {}
            }
            second(second);
            if (second % SCRAPE_SECONDS == 0) {
                scrape(second / SCRAPE_SECONDS);
            }
        }
        StringBuilder series = new StringBuilder();
        scraped.forEach((name, values) -> {
            fill(values, MINUTES * 60 / SCRAPE_SECONDS + 1);
            series.append("      - series: '").append(name).append("'\n        values: '");
            series.append(String.join(" ", values)).append("'\n");
        });
        return series.toString();
    }

    private static String expectation(String expression, long value) {
        return """
                      - expr: %s
                        eval_time: %dm
                        exp_samples:
                          - labels: '{}'
                            value: %d
                """.formatted(expression, MINUTES, value);
    }

    @Test
    void recordedCountersIncreaseByWhatHappenedAndRawOnesByMore() throws Exception {
        String series = story();
        long happened = 0;
        for (Partition partition : partitions.values()) {
            assertThat(partition.read).isEqualTo(partition.published).isPositive();
            happened += partition.published;
        }
        Files.writeString(folder.resolve("rules.yml"), RULES);
        String over = "{outcome=\"accepted\"}[" + MINUTES + "m]";
        String test = "rule_files:\n  - rules.yml\nevaluation_interval: 15s\ntests:\n  - interval: 15s\n"
                + "    input_series:\n" + series + "    promql_expr_test:\n"
                + expectation("sum(increase(partition:weir_events:max" + over + "))", happened)
                + expectation(
                        "round(100 * sum(increase(weir_events_total" + over + ")) / " + happened + ")", NAIVE_PERCENT);
        Files.writeString(folder.resolve("test.yml"), test);

        Promtool.Answer answer = Promtool.run(folder, new byte[0], "test", "rules", "test.yml");

        assertThat(answer.status()).as(answer.text()).isZero();
    }

    /** What the naive sum gives: of what happened this share, a sixth too much with a third of the partitions moving. */
    private static final int NAIVE_PERCENT = 117;
}
