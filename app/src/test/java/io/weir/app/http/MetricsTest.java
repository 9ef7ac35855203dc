package io.weir.app.http;

import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.LiveFigures;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.RollingWindow;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final LiveFigures live = FigureRows.live();
    private final Metrics metrics =
            new Metrics(live, new BoardSettings("CNY", ZoneOffset.UTC, 30, 1, () -> 1, false, null));

    @AfterEach
    void stop() {
        metrics.close();
    }

    private void today(DimensionKey key, Map<Measure, Long> measures) {
        live.watermarkAdvanced(0, TODAY_MS);
        live.rowChanged(0, FigureRows.today(key, measures), Measures.ZERO);
    }

    private List<String> scrape() {
        return new String(metrics.scrape(), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void theJvmAndTheCurrencyAreThereBeforeAnyEvent() {
        assertThat(scrape())
                .contains("weir_reporting_currency_info{currency=\"CNY\"} 1")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("process_uptime_seconds"))
                .noneMatch(line -> line.startsWith("weir_watermark"))
                .noneMatch(line -> line.startsWith("weir_shop"));
    }

    @Test
    void whatBecameOfTheRecordsIsCountedByInputOutcomeReasonAndPartition() {
        Ledger ledger = new Ledger();
        ledger.add(EventType.VISIT, Outcome.ACCEPTED, 7);
        ledger.add(EventType.VISIT, Outcome.LATE, 2);
        ledger.addRejected(EventType.CLICK, Rejection.NEGATIVE_COST, 3);
        live.inputProgressed(FigureRows.progress(4, ledger, 1_500), Map.of());
        assertThat(scrape())
                .contains(
                        "weir_events_total{input=\"visits\",outcome=\"accepted\",partition=\"4\",reason=\"\"} 7.0",
                        "weir_events_total{input=\"visits\",outcome=\"late\",partition=\"4\",reason=\"\"} 2.0",
                        "weir_events_total{input=\"visits\",outcome=\"duplicate\",partition=\"4\",reason=\"\"} 0.0",
                        "weir_events_total{input=\"clicks\",outcome=\"rejected\",partition=\"4\",reason=\"negative_cost\"} 3.0",
                        "weir_events_total{input=\"clicks\",outcome=\"rejected\",partition=\"4\",reason=\"missing_id\"} 0.0",
                        "weir_stream_time_timestamp_seconds{partition=\"4\"} 1.5");
    }

    @Test
    void aPartitionWithoutAnAcceptedEventHasNoStreamTime() {
        live.inputProgressed(FigureRows.progress(0, new Ledger(), Long.MIN_VALUE), Map.of());
        assertThat(scrape()).noneMatch(line -> line.startsWith("weir_stream_time_timestamp_seconds{"));
    }

    @Test
    void theWatermarkIsInSeconds() {
        live.watermarkAdvanced(0, TODAY_MS + 500);
        assertThat(scrape()).anyMatch(line -> line.matches("weir_watermark_timestamp_seconds 1\\.7724\\d+E9"));
    }

    @Test
    void todaysAndThisHoursFiguresHaveMoneyInWholeUnits() {
        Map<Measure, Long> measures = Map.of(Measure.VISITORS, 3L, Measure.REVENUE_MICROS, 12_500_000L);
        today(DimensionKey.TOTAL, measures);
        live.rollingChanged(0, RollingWindow.HOUR, DimensionKey.TOTAL, FigureRows.measures(measures), Measures.ZERO);
        today(DimensionKey.source("weibo"), measures);
        assertThat(scrape())
                .contains(
                        "weir_shop_visitors{window=\"today\"} 3.0",
                        "weir_shop_revenue{window=\"today\"} 12.5",
                        "weir_shop_revenue{window=\"1h\"} 12.5",
                        "weir_source_cost{source=\"weibo\",window=\"today\"} 0.0",
                        "weir_source_revenue{source=\"weibo\",window=\"today\"} 12.5");
    }

    @Test
    void namesFromOutsideAreEscaped() {
        today(DimensionKey.source("a\"b\\c\nd"), visitors(1));
        assertThat(scrape()).contains("weir_source_visitors{source=\"a\\\"b\\\\c\\nd\",window=\"today\"} 1.0");
    }

    @Test
    void productsBeyondTheBusiestHundredAreSummedWhereTheyAddUp() {
        for (int i = 1; i <= 103; i++) {
            today(DimensionKey.product("p" + i), visitors(1_000 - i));
        }
        List<String> lines = scrape();
        assertThat(lines)
                .contains("weir_product_visits{product=\"__other__\",window=\"today\"} " + (899.0 + 898 + 897))
                .contains("weir_product_visitors{product=\"p100\",window=\"today\"} 900.0")
                .noneMatch(line -> line.contains("\"p101\""))
                .noneMatch(line -> line.startsWith("weir_product_visitors{product=\"__other__\""))
                .noneMatch(line -> line.startsWith("weir_product_buyers{product=\"__other__\""));
    }

    @Test
    void aProductThatIsCalledLikeTheRestDoesNotBreakTheScrape() {
        for (int i = 1; i <= 101; i++) {
            today(DimensionKey.product("p" + i), visitors(5));
        }
        today(DimensionKey.product("__other__"), visitors(9));
        assertThat(scrape()).contains("weir_product_visits{product=\"__other__\",window=\"today\"} 14.0");
    }

    @Test
    void figuresDisappearWithTheirPartition() {
        today(DimensionKey.TOTAL, visitors(3));
        live.totalsRevoked(0);
        assertThat(scrape()).noneMatch(line -> line.startsWith("weir_shop"));
    }

    @Test
    void kafkaStreamsIsObservedOnceItIsKnown() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in").to("out");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "metrics-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
            metrics.observe(streams);
            assertThat(scrape()).anyMatch(line -> line.startsWith("kafka_stream"));
        }
    }
}
