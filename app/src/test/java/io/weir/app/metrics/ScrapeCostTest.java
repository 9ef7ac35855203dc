package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.LiveFigures;
import io.weir.app.figures.Period;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Prints what a scrape costs, and what a shop of very many products does. Asserts sizes, not times. */
class ScrapeCostTest {
    /** {@code -Dweir.cost.products=10000000} for a very large shop; some seconds for each million. */
    private static final int PRODUCTS = Integer.getInteger("weir.cost.products", 500_000);

    private static final int SCRAPES = 20;

    private static Measures measures(long seed) {
        long[] values = new long[Measure.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + Math.floorMod(seed * 7_919 + i * 104_729L, 5_000_000);
        }
        return Measures.of(values);
    }

    private static int gzipped(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        }
        return compressed.size();
    }

    @Test
    void aHundredThousandSeries() throws IOException {
        try (Shop shop = new Shop(1_000)) {
            for (Period period : Period.values()) {
                for (int i = 0; i < 1_000; i++) {
                    String product = "product-" + i;
                    String source = "source-" + i % 20;
                    shop.set(0, period, DimensionKey.product(product), measures(i));
                    shop.set(0, period, DimensionKey.productSource(product, source), measures(i));
                }
            }
            shop.tellAll(0);
            print("first scrape", shop);
            byte[] body = {};
            long bestNs = Long.MAX_VALUE;
            long totalNs = 0;
            for (int i = 0; i < SCRAPES; i++) {
                long beganNs = cpuNs();
                body = shop.metrics.scrape();
                long tookNs = cpuNs() - beganNs;
                bestNs = Math.min(bestNs, tookNs);
                totalNs += tookNs;
            }
            long series = shop.scrape().lines().stream()
                    .filter(line -> !line.startsWith("#"))
                    .count();
            System.out.printf(
                    "%,d series: %d scrapes, %d ms of CPU on average, the best %d ms; %,d bytes, %,d gzipped%n",
                    series, SCRAPES, totalNs / SCRAPES / 1_000_000, bestNs / 1_000_000, body.length, gzipped(body));
            assertThat(series).isGreaterThan(100_000);
            assertThat(body.length).isLessThan(15_000_000);
        }
    }

    private static void print(String what, Shop shop) {
        long beganNs = cpuNs();
        int bytes = shop.metrics.scrape().length;
        System.out.printf("%s: %d ms of CPU, %,d bytes%n", what, (cpuNs() - beganNs) / 1_000_000, bytes);
    }

    @Test
    void aShopOfVeryManyProducts() {
        LiveFigures live = FigureRows.live();
        try (Metrics metrics = new Metrics(live, Shop.settings(100), () -> Instant.EPOCH)) {
            live.watermarkAdvanced(0, Shop.NOW_MS);
            long beforeBytes = usedBytes();
            long beganNs = cpuNs();
            for (int i = 0; i < PRODUCTS; i++) {
                DimensionKey product = DimensionKey.product("product-" + i);
                Measures measures = measures(i);
                for (Period period : Period.values()) {
                    Shop.tell(live, 0, period, product, measures, Measures.ZERO);
                }
            }
            long changes = (long) PRODUCTS * Period.values().length;
            System.out.printf(
                    "%,d products: %d ns of CPU a change; %,d MB of heap held%n",
                    PRODUCTS, (cpuNs() - beganNs) / changes, (usedBytes() - beforeBytes) / 1_000_000);
            long scrapeNs = cpuNs();
            Scrape scrape = Scrape.of(metrics);
            System.out.printf("its scrape: %d ms of CPU%n", (cpuNs() - scrapeNs) / 1_000_000);
            assertThat(scrape.byLabel("weir_keys", "dimension", "24h")).containsEntry("product", (double) PRODUCTS);
            assertThat(scrape.byLabel("weir_product_visits", "product", "24h")).hasSize(101);
            assertThat(usedBytes() - beforeBytes).isLessThan(250_000_000);
        }
    }

    /** Of this thread: what other work on the machine does to the clock does not count. */
    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
