package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import io.weir.domain.WindowKey;
import io.weir.schema.WindowResult;
import io.weir.topology.WindowResults;
import io.weir.topology.WindowRow;
import io.weir.wire.SchemaRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the windows topic as any consumer would: committed results only, a later revision in place of an earlier. */
public final class WindowsReader {
    private WindowsReader() {}

    /** The last revision of every window and key, of all that is in the topic by now. */
    public static Collection<WindowRow> readToEnd(WeirConfig config, @Nullable SchemaRegistry registry) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        Map<WindowKey, WindowRow> rows = new HashMap<>();
        Deserializer<?> results = new Codec(config, registry).resultDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(config.windowsTopic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!reached(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    WindowResult result = (WindowResult) results.deserialize(message.topic(), message.value());
                    WindowRow row = WindowResults.read(result);
                    rows.put(new WindowKey(row.size(), row.startMs(), row.key()), row);
                }
            }
        }
        return rows.values();
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
