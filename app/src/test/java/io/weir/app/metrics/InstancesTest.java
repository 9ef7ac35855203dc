package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.Period;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.SourceFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances that share the partitions show together what one that has all of them shows. */
class InstancesTest {
    private static final int PARTITIONS = 4;
    private static final int KEYS = 300;
    private static final long SEED = 11;

    private final Shop one = new Shop(10);
    private final Shop left = new Shop(10);
    private final Shop right = new Shop(10);
    private final Random random = new Random(SEED);

    /** What the state stores hold: figures by totals partition, and how far the inputs have come. */
    private final Map<Integer, Map<DimensionKey, Measures>> stores = new HashMap<>();

    private final Map<Integer, Long> accepted = new HashMap<>();

    @AfterEach
    void stop() {
        one.close();
        left.close();
        right.close();
    }

    private void assign(Shop instance, int partition) {
        instance.live.totalsRevoked(partition);
        stores.getOrDefault(partition, Map.of()).forEach((key, measures) -> {
            for (Period period : Period.values()) {
                Shop.tell(instance.live, partition, period, key, measures, Measures.ZERO);
            }
        });
        instance.tellAll(partition);
        progress(instance, partition);
    }

    private void revoke(Shop instance, int partition) {
        instance.live.totalsRevoked(partition);
        instance.revokeInput(partition);
    }

    private void progress(Shop instance, int partition) {
        long events = accepted.getOrDefault(partition, 0L);
        Ledger ledger = new Ledger();
        ledger.add(EventType.VISIT, Outcome.ACCEPTED, events);
        Map<String, SourceFacts> facts = Map.of("weibo", new SourceFacts(events, events * 10, 1, 2, 0, 0));
        instance.commit(FigureRows.progress(partition, ledger, Shop.NOW_MS), facts);
    }

    /** Some events change figures of the partition, on the instance that has everything and on its owner. */
    private void change(int partition, Shop owner) {
        for (int i = 0; i < 200; i++) {
            int number = random.nextInt(KEYS);
            DimensionKey key =
                    number == 0 && partition == 0 ? DimensionKey.TOTAL : DimensionKey.product(partition + "-" + number);
            Map<DimensionKey, Measures> store = stores.computeIfAbsent(partition, none -> new HashMap<>());
            Measures before = store.getOrDefault(key, Measures.ZERO);
            Measures now = FigureRows.measures(Map.of(
                    Measure.VISITS, 1L + random.nextInt(100),
                    Measure.VISITORS, 1L + random.nextInt(50),
                    Measure.REVENUE_MICROS, 1_000_000L * random.nextInt(30)));
            store.put(key, now);
            for (Period period : Period.values()) {
                Shop.tell(one.live, partition, period, key, now, before);
                Shop.tell(owner.live, partition, period, key, now, before);
            }
        }
        accepted.merge(partition, 200L, Long::sum);
        progress(one, partition);
        progress(owner, partition);
    }

    private void check() {
        Scrape all = one.scrape();
        Scrape a = left.scrape();
        Scrape b = right.scrape();
        for (Period period : Period.values()) {
            for (Dimension dimension : new Dimension[] {Dimension.TOTAL, Dimension.PRODUCT}) {
                for (String measure : new String[] {"visits", "revenue"}) {
                    String name = "weir_" + DimensionGauges.name(dimension) + "_" + measure;
                    assertThat(a.sum(name, period.label()) + b.sum(name, period.label()))
                            .as("%s in %s, seed %d", name, period.label(), SEED)
                            .isCloseTo(all.sum(name, period.label()), within(1e-6));
                }
            }
            assertThat(a.sum("weir_keys", period.label()) + b.sum("weir_keys", period.label()))
                    .isEqualTo(all.sum("weir_keys", period.label()));
        }
        for (String counter : new String[] {"weir_events_total", "weir_source_paid_clicks_total"}) {
            assertThat(a.sum(counter, "") + b.sum(counter, "")).isEqualTo(all.sum(counter, ""));
        }
    }

    @Test
    void partitionsMayMoveBackAndForth() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assign(one, partition);
            assign(partition < 2 ? left : right, partition);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            change(partition, partition < 2 ? left : right);
        }
        check();
        for (int round = 0; round < 5; round++) {
            revoke(left, 1);
            assign(right, 1);
            check();
            change(1, right);
            check();
            revoke(right, 1);
            assign(left, 1);
            change(1, left);
            check();
        }
        for (int partition = 0; partition < 2; partition++) {
            revoke(left, partition);
            assign(right, partition);
        }
        change(0, right);
        check();
        assertThat(left.scrape().lines())
                .as("an instance that owns nothing shows no figures")
                .noneMatch(line -> line.startsWith("weir_product_") || line.startsWith("weir_events_total"));
    }
}
