package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.app.figures.Period;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever is folded, dropped from the heap or comes back: sums over a metric's series are sums over all keys. */
class FoldingTest {
    private static final int PARTITIONS = 3;

    private final Map<Period, Map<DimensionKey, Measures>> all = new HashMap<>();

    private static DimensionKey randomKey(Random random) {
        // Some names need cleaning, some are taken for others.
        String product = random.nextInt(50) == 0 ? LabelValue.OTHER : "p" + (int) Math.abs(random.nextGaussian() * 200);
        String source = "s\n" + (int) Math.abs(random.nextGaussian() * 20);
        return switch (random.nextInt(5)) {
            case 0 -> DimensionKey.TOTAL;
            case 1 -> DimensionKey.product(product);
            case 2 -> DimensionKey.source(source);
            case 3 -> DimensionKey.productSource(product, source);
            default -> DimensionKey.campaign(source, product);
        };
    }

    private static Measures randomMeasures(Random random) {
        if (random.nextInt(5) == 0) {
            return Measures.ZERO;
        }
        long[] values = new long[Measure.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(1_000_000);
        }
        return Measures.of(values);
    }

    @RepeatedTest(10)
    void sumsOverSeriesAreSumsOverAllKeys(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        try (Shop shop = new Shop(10, 40)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                shop.tellAll(partition);
            }
            for (int i = 0; i < 12_000; i++) {
                Period period = Period.values()[random.nextInt(Period.values().length)];
                DimensionKey key = randomKey(random);
                Measures measures = randomMeasures(random);
                shop.set(Math.floorMod(key.hashCode(), PARTITIONS), period, key, measures);
                all.computeIfAbsent(period, none -> new HashMap<>()).put(key, measures);
                if (i % 3_000 == 2_999) {
                    check(shop.scrape(), "seed " + seed + " after " + (i + 1));
                }
            }
        }
    }

    private void check(Scrape scrape, String when) {
        all.forEach((period, figures) -> {
            for (Dimension dimension : Dimension.values()) {
                for (Measure measure : Measure.values()) {
                    if (measure != Measure.VISITORS && measure != Measure.BUYERS) {
                        check(scrape, when, period, dimension, measure);
                    }
                }
                String name = dimension == Dimension.TOTAL ? "shop" : dimension.label();
                assertThat(scrape.samples("weir_" + name + "_visits").stream()
                                .filter(sample -> sample.label("window").equals(period.label())))
                        .as("series of %s", name)
                        .hasSizeLessThanOrEqualTo(10 + 2 + 1);
            }
        });
    }

    private void check(Scrape scrape, String when, Period period, Dimension dimension, Measure measure) {
        double naive = 0;
        for (Map.Entry<DimensionKey, Measures> figure : all.get(period).entrySet()) {
            if (figure.getKey().dimension() == dimension) {
                naive += figure.getValue().get(measure);
            }
        }
        boolean money = measure.label().endsWith("_micros");
        String name = "weir_" + (dimension == Dimension.TOTAL ? "shop" : dimension.label()) + "_"
                + measure.label().replace("_micros", "");
        assertThat(scrape.sum(name, period.label()))
                .as("%s in %s, %s", name, period.label(), when)
                .isCloseTo(money ? naive / 1_000_000 : naive, within(money ? 1e-6 : 0));
    }
}
