package io.weir.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {

    private static StreamsConfig streams(Map<String, String> set) {
        Map<String, String> settings = new HashMap<>(set);
        settings.put("kafka.bootstrap.servers", "127.0.0.1:9092");
        return new StreamsConfig(ClientSettings.streams(WeirConfig.of(settings)));
    }

    private static Map<String, Object> consumer(Map<String, String> set) {
        return streams(set).getMainConsumerConfigs("group", "client", 0);
    }

    private static Map<String, Object> producer(Map<String, String> set) {
        return streams(set).getProducerConfigs("client");
    }

    @Test
    void whereNothingIsSetWeirsOwnDefaultsHold() {
        assertThat(consumer(Map.of()))
                .containsEntry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 90_000)
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        assertThat(producer(Map.of())).containsEntry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.", "kafka.consumer.", "kafka.main.consumer."})
    void whatIsSetForAConsumerHoldsWithAndWithoutItsPrefix(String prefix) {
        assertThat(consumer(Map.of(prefix + "max.poll.interval.ms", "120000", prefix + "fetch.min.bytes", "7")))
                .extractingByKeys(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, ConsumerConfig.FETCH_MIN_BYTES_CONFIG)
                .extracting(Object::toString)
                .containsExactly("120000", "7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.", "kafka.producer."})
    void whatIsSetForAProducerHoldsWithAndWithoutItsPrefix(String prefix) {
        assertThat(producer(Map.of(prefix + "compression.type", "lz4")))
                .containsEntry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    }

    /** Before Kafka drops the marks of what was deleted meanwhile, with a quarter of the time left for reading them. */
    @Test
    void stateIsRestoredWholeBeforeItsChangelogsForgetWhatWasDeleted() {
        assertThat(streams(Map.of("changelog.compaction.lag", "PT8H")).originals())
                .containsEntry(StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG, 6 * 3_600_000L)
                .containsEntry(StreamsConfig.topicPrefix(TopicConfig.DELETE_RETENTION_MS_CONFIG), "28800000");
    }
}
