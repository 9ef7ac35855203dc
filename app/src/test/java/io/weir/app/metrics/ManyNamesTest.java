package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.api.FakeCluster;
import io.weir.app.api.Node;
import io.weir.app.figures.Period;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.dose.Dose;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody sends a new product and a new source with every event, and some with enormous names: series, heap and answers
 * stay within bounds, and sums stay right. With {@code ./weir test --long} ten million of each, or as many as
 * {@code weir.long.minutes} allow.
 */
@Tag("dose")
class ManyNamesTest {
    private static final int MOST_KEYS = Dose.LONG ? 10_000_000 : 100_000;

    /** Longer by far than the pipeline lets in. */
    private static final int ENORMOUS = 100 * 1_024;

    private static final int EVERY = MOST_KEYS / 200;
    private static final int LIMIT = 100;

    /** Those that the figures hold, however many keys there are; 20 MB of them are the enormous names themselves. */
    private static final long MOST_HEAP_BYTES = 200_000_000;

    private static final int MOST_SCRAPE_BYTES = 10_000_000;
    private static final int MOST_BOARD_BYTES = 500_000;

    private final Map<Period, Measures> sums = new EnumMap<>(Period.class);
    private int keys;

    private static String name(String what, int i) {
        return i % EVERY == 0 ? what + "-" + i + "-" + "n".repeat(ENORMOUS) : what + "-" + i;
    }

    /** Different for each, and so that the order of the keys says nothing about who comes first. */
    private static Measures measures(int i) {
        long[] values = new long[Measure.values().length];
        long mixed = (i + Dose.SEED) * 0x9E3779B97F4A7C15L;
        for (int measure = 0; measure < values.length; measure++) {
            values[measure] = 1 + ((mixed >>> (measure * 3)) & 0xFFF);
        }
        return Measures.of(values);
    }

    @Test
    void seriesHeapAndAnswersStayWithinBoundsAndSumsStayRight() throws Exception {
        try (Node node = new Node(new FakeCluster(1)).owning(0);
                Metrics metrics = new Metrics(node.live, Shop.settings(LIMIT), () -> Instant.EPOCH)) {
            node.live.watermarkAdvanced(0, Shop.NOW_MS);
            long beforeBytes = usedBytes();
            Dose dose = Dose.of("new products and sources", MOST_KEYS, MOST_KEYS);
            for (; dose.again(); keys++) {
                Measures measures = measures(keys);
                DimensionKey product = DimensionKey.product(name("product", keys));
                DimensionKey source = DimensionKey.source(name("source", keys));
                for (Period period : Period.values()) {
                    Shop.tell(node.live, 0, period, product, measures, Measures.ZERO);
                    Shop.tell(node.live, 0, period, source, measures, Measures.ZERO);
                    sums.merge(period, measures, Measures::plus);
                }
            }
            long heldBytes = usedBytes() - beforeBytes;
            byte[] body = metrics.scrape();
            int boardBytes = boardBytes(node);
            System.out.printf(
                    "%,d products and %,d sources: %,d MB of heap, a scrape of %,d bytes, a board of %,d bytes%n",
                    keys, keys, heldBytes / 1_000_000, body.length, boardBytes);
            assertThat(heldBytes).isLessThan(MOST_HEAP_BYTES);
            assertThat(body.length).isLessThan(MOST_SCRAPE_BYTES);
            assertThat(boardBytes).isLessThan(MOST_BOARD_BYTES);
            check(Scrape.of(metrics));
        }
    }

    private static int boardBytes(Node node) throws Exception {
        String board = node.json("/api/v1/board?window=today&top=100").toString();
        return board.getBytes(StandardCharsets.UTF_8).length;
    }

    private void check(Scrape scrape) {
        sums.forEach((period, sum) -> {
            for (String dimension : new String[] {"product", "source"}) {
                String visits = "weir_" + dimension + "_visits";
                Map<String, Double> series = scrape.byLabel(visits, dimension, period.label());
                assertThat(series).hasSizeBetween(LIMIT, LIMIT + LIMIT / 4 + 1).containsKey(LabelValue.OTHER);
                assertThat(series.keySet()).allMatch(label -> label.length() <= LabelValue.MOST_CHARS);
                assertThat(scrape.sum(visits, period.label()))
                        .as("%s in %s, seed %d", visits, period.label(), Dose.SEED)
                        .isEqualTo((double) sum.get(Measure.VISITS));
                assertThat(scrape.byLabel("weir_keys", "dimension", period.label()))
                        .containsEntry(dimension, (double) keys);
            }
        });
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
