package io.weir.app.metrics;

import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.Period;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.ExactSums;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.SourceFacts;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {
    private static final DimensionKey WEIBO = DimensionKey.source("weibo");

    private final Shop shop = new Shop(100);

    /** A pipeline whose visits reach to this end. */
    private record FixedVitals(boolean isReady, OptionalLong end) implements Vitals {
        @Override
        public int partitions() {
            return 4;
        }

        @Override
        public long threadRestarts() {
            return 2;
        }

        @Override
        public long restoreRemaining() {
            return 77;
        }

        @Override
        public OptionalLong waiting(EventType input, int partition, long nextOffset) {
            return input == EventType.VISIT && end.isPresent()
                    ? OptionalLong.of(end.getAsLong() - nextOffset)
                    : OptionalLong.empty();
        }
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private void observe(Vitals vitals) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in").to("out");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "metrics-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
            shop.metrics.observe(vitals, streams);
        }
    }

    @Test
    void beforeAnyEventThereAreConstantsAndTheJvm() {
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_reporting_currency_info{currency=\"CNY\"} 1",
                        "weir_build_info{version=\"0.0.1\"} 1",
                        "weir_min_visitors 30.0",
                        "weir_generated_traffic 0.0",
                        "weir_ready 0.0",
                        "weir_owned_partitions{kind=\"input\"} 0.0",
                        "weir_owned_partitions{kind=\"totals\"} 0.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("process_uptime_seconds"))
                .noneMatch(line -> line.startsWith("weir_watermark"))
                .noneMatch(line -> line.startsWith("weir_partitions"))
                .noneMatch(line -> line.startsWith("weir_shop"));
    }

    @Test
    void whatBecameOfTheRecordsIsCountedByInputOutcomeReasonAndPartition() {
        Ledger ledger = new Ledger();
        ledger.add(EventType.VISIT, Outcome.ACCEPTED, 7);
        ledger.add(EventType.VISIT, Outcome.LATE, 2);
        ledger.addRejected(EventType.CLICK, Rejection.NEGATIVE_COST, 3);
        shop.commit(FigureRows.progress(4, ledger, 1_500), Map.of());
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_events_total{input=\"visits\",outcome=\"accepted\",partition=\"4\"} 7.0",
                        "weir_events_total{input=\"visits\",outcome=\"late\",partition=\"4\"} 2.0",
                        "weir_events_total{input=\"visits\",outcome=\"duplicate\",partition=\"4\"} 0.0",
                        "weir_events_total{input=\"clicks\",outcome=\"rejected\",partition=\"4\",reason=\"negative_cost\"} 3.0",
                        "weir_events_total{input=\"clicks\",outcome=\"rejected\",partition=\"4\",reason=\"missing_id\"} 0.0",
                        "weir_stream_time_timestamp_seconds{partition=\"4\"} 1.5",
                        "weir_owned_partitions{kind=\"input\"} 1.0");
    }

    @Test
    void factsBySourceAreCountersForEachPartition() {
        SourceFacts facts = new SourceFacts(5, 2_500_000, 4, 80_000_000, 1, 20_000_000);
        shop.commit(FigureRows.progress(2, new Ledger(), 1), Map.of("weibo", facts));
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_source_paid_clicks_total{partition=\"2\",source=\"weibo\"} 5.0",
                        "weir_source_spend_total{partition=\"2\",source=\"weibo\"} 2.5",
                        "weir_source_credited_payments_total{partition=\"2\",source=\"weibo\"} 4.0",
                        "weir_source_credited_revenue_total{partition=\"2\",source=\"weibo\"} 80.0",
                        "weir_source_reversed_payments_total{partition=\"2\",source=\"weibo\"} 1.0",
                        "weir_source_reversed_revenue_total{partition=\"2\",source=\"weibo\"} 20.0");
    }

    @Test
    void aSumThatIsOutOfRangeHasNoSeriesAndTheOthersStay() {
        long full = SourceFacts.FULL;
        shop.commit(FigureRows.progress(2, new Ledger(), 1), Map.of("weibo", new SourceFacts(5, 1, 4, full, 1, full)));
        Map<Measure, Long> beyond = Map.of(Measure.VISITS, 3L, Measure.REVENUE_MICROS, ExactSums.BEYOND);
        for (int i = 1; i <= 103; i++) {
            shop.set(0, Period.DAY, DimensionKey.product("p" + i), measures(i == 7 ? beyond : visitors(9)));
        }
        shop.tellAll(0);
        Scrape scrape = shop.scrape();
        assertThat(scrape.samples("weir_source_credited_payments_total")).hasSize(1);
        assertThat(scrape.samples("weir_source_credited_revenue_total")).isEmpty();
        assertThat(scrape.samples("weir_source_reversed_revenue_total")).isEmpty();
        assertThat(scrape.byLabel("weir_product_visits", "product", "24h"))
                .hasSize(101)
                .containsKey("__other__");
        assertThat(scrape.byLabel("weir_product_revenue", "product", "24h"))
                .doesNotContainKey("p7")
                .doesNotContainKey("__other__");
    }

    @Test
    void sourcesWhoseLabelsAreTheSameAreCountedTogether() {
        SourceFacts one = new SourceFacts(1, 0, 0, 0, 0, 0);
        Map<String, SourceFacts> facts = new TreeMap<>(Map.of("a\nb", one, LabelValue.of("a\nb"), one));
        shop.commit(FigureRows.progress(0, new Ledger(), 1), facts);
        assertThat(shop.scrape().samples("weir_source_paid_clicks_total"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isEqualTo(2));
    }

    @Test
    void aPartitionWithoutAnAcceptedEventHasNoStreamTime() {
        shop.commit(FigureRows.progress(0, new Ledger(), Long.MIN_VALUE), Map.of());
        assertThat(shop.scrape().samples("weir_stream_time_timestamp_seconds")).isEmpty();
    }

    @Test
    void theWatermarkIsTheLeastInSeconds() {
        shop.live.watermarkAdvanced(0, TODAY_MS + 500);
        shop.live.watermarkAdvanced(1, TODAY_MS + 900);
        assertThat(shop.scrape().samples("weir_watermark_timestamp_seconds"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isEqualTo(TODAY_MS / 1000.0 + 0.5));
        assertThat(shop.scrape().lines()).contains("weir_owned_partitions{kind=\"totals\"} 2.0");
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void everyDimensionHasItsMeasuresInEveryWindowWithMoneyInWholeUnits(Period period) {
        Measures measures = measures(
                Map.of(Measure.VISITORS, 3L, Measure.COST_MICROS, 250_000L, Measure.REVENUE_MICROS, 12_500_000L));
        for (DimensionKey key : new DimensionKey[] {
            DimensionKey.TOTAL,
            DimensionKey.product("mug"),
            WEIBO,
            DimensionKey.productSource("mug", "weibo"),
            DimensionKey.campaign("weibo", "spring")
        }) {
            shop.set(0, Period.DAY, key, measures);
            shop.set(0, period, key, measures);
        }
        shop.tellAll(0);
        String window = "window=\"" + period.label() + "\"";
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_shop_visitors{" + window + "} 3.0",
                        "weir_shop_revenue{" + window + "} 12.5",
                        "weir_product_cost{product=\"mug\"," + window + "} 0.25",
                        "weir_source_visitors{source=\"weibo\"," + window + "} 3.0",
                        "weir_source_clicks{source=\"weibo\"," + window + "} 0.0",
                        "weir_product_source_revenue{product=\"mug\",source=\"weibo\"," + window + "} 12.5",
                        "weir_campaign_halo_revenue{campaign=\"spring\",source=\"weibo\"," + window + "} 0.0",
                        "weir_campaign_visitors{campaign=\"spring\",source=\"weibo\"," + window + "} 3.0",
                        "weir_keys{dimension=\"shop\"," + window + "} 1.0",
                        "weir_folded_keys{dimension=\"product_source\"," + window + "} 0.0")
                .noneMatch(line -> line.contains("\"__other__\""));
    }

    @Test
    void aListedKeyWithoutFiguresInAWindowIsZeroThere() {
        shop.set(0, Period.DAY, WEIBO, measures(visitors(9)));
        shop.tellAll(0);
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_source_visits{source=\"weibo\",window=\"24h\"} 9.0",
                        "weir_source_visits{source=\"weibo\",window=\"5m\"} 0.0",
                        "weir_keys{dimension=\"source\",window=\"5m\"} 0.0",
                        "weir_folded_keys{dimension=\"source\",window=\"5m\"} 0.0");
    }

    @Test
    void beforeTheFirstWholeMinuteKeysAreRankedByToday() {
        shop.set(0, Period.TODAY, WEIBO, measures(visitors(9)));
        shop.tellAll(0);
        assertThat(shop.scrape().lines()).contains("weir_source_visits{source=\"weibo\",window=\"today\"} 9.0");
    }

    @Test
    void aKeyHasSeriesInItsFirstMinuteWhereThereIsRoom() {
        shop.tellAll(0);
        shop.set(0, Period.DAY, DimensionKey.source("search"), measures(visitors(9)));
        shop.set(0, Period.TODAY, DimensionKey.source("search"), measures(visitors(9)));
        shop.set(0, Period.TODAY, DimensionKey.source("new-ads"), measures(visitors(2)));
        assertThat(shop.scrape().byLabel("weir_source_visits", "source", "today"))
                .containsOnly(entry("search", 9.0), entry("new-ads", 2.0));
    }

    @Test
    void namesFromOutsideAreEscaped() {
        shop.set(0, Period.DAY, DimensionKey.source("a\"b\\c"), measures(visitors(1)));
        shop.tellAll(0);
        assertThat(shop.scrape().lines()).contains("weir_source_visitors{source=\"a\\\"b\\\\c\",window=\"24h\"} 1.0");
    }

    @Test
    void productsBeyondTheBusiestHundredAreSummedWhereTheyAddUp() {
        for (int i = 1; i <= 103; i++) {
            shop.set(0, Period.DAY, DimensionKey.product("p" + i), measures(visitors(1_000 - i)));
        }
        shop.tellAll(0);
        Scrape scrape = shop.scrape();
        assertThat(scrape.byLabel("weir_product_visits", "product", "24h"))
                .hasSize(101)
                .contains(entry("__other__", 899.0 + 898 + 897), entry("p100", 900.0))
                .doesNotContainKey("p101");
        assertThat(scrape.byLabel("weir_product_visitors", "product", "24h")).hasSize(100);
        assertThat(scrape.byLabel("weir_product_buyers", "product", "24h")).doesNotContainKey("__other__");
        assertThat(scrape.lines())
                .contains("weir_folded_keys{dimension=\"product\",window=\"24h\"} 3.0")
                .contains("weir_keys{dimension=\"product\",window=\"24h\"} 103.0");
    }

    @Test
    void aProductThatIsCalledLikeTheRestIsOneOfThem() {
        for (int i = 1; i <= 101; i++) {
            shop.set(0, Period.DAY, DimensionKey.product("p" + i), measures(visitors(5)));
        }
        shop.set(0, Period.DAY, DimensionKey.product("__other__"), measures(visitors(9)));
        shop.tellAll(0);
        assertThat(shop.scrape().byLabel("weir_product_visits", "product", "24h"))
                .contains(entry("__other__", 9.0 + 2 * 5));
    }

    @Test
    void seriesDisappearWithTheirPartition() {
        shop.set(0, Period.DAY, DimensionKey.TOTAL, measures(visitors(3)));
        shop.set(0, Period.DAY, WEIBO, measures(visitors(3)));
        shop.tellAll(0);
        shop.commit(FigureRows.progress(2, new Ledger(), 1), Map.of("weibo", new SourceFacts(1, 1, 1, 1, 1, 1)));
        assertThat(shop.scrape().samples("weir_source_visits")).isNotEmpty();
        shop.live.totalsRevoked(0);
        shop.revokeInput(2);
        assertThat(shop.scrape().lines())
                .noneMatch(line -> line.startsWith("weir_shop"))
                .noneMatch(line -> line.startsWith("weir_source"))
                .noneMatch(line -> line.startsWith("weir_keys"))
                .noneMatch(line -> line.startsWith("weir_events"))
                .noneMatch(line -> line.startsWith("weir_watermark"));
    }

    @Test
    void theRunningPipelineIsObservedAndSoIsKafkaStreams() {
        shop.commit(FigureRows.progress(3, new Ledger(), 1), Map.of());
        observe(new FixedVitals(true, OptionalLong.of(250)));
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_ready 1.0",
                        "weir_partitions 4.0",
                        "weir_stream_thread_restarts_total 2.0",
                        "weir_restore_remaining_records 77.0",
                        "weir_consumer_lag_records{input=\"visits\",partition=\"3\"} 250.0")
                .noneMatch(line -> line.startsWith("weir_consumer_lag_records{input=\"clicks\""))
                .anyMatch(line -> line.startsWith("kafka_stream"));
    }

    @Test
    void lagIsNotKnownBeforeTheBrokerHasAnswered() {
        shop.commit(FigureRows.progress(3, new Ledger(), 1), Map.of());
        observe(new FixedVitals(false, OptionalLong.empty()));
        assertThat(shop.scrape().samples("weir_consumer_lag_records")).isEmpty();
        assertThat(shop.scrape().lines()).contains("weir_ready 0.0");
    }

    @Test
    void latencyHasClassicBuckets() {
        assertThat(shop.scrape().lines())
                .contains(
                        "weir_latency_seconds_bucket{le=\"1.0\"} 0",
                        "weir_latency_seconds_bucket{le=\"60.0\"} 0",
                        "weir_latency_seconds_bucket{le=\"+Inf\"} 0",
                        "weir_latency_seconds_count 0");
    }
}
