package io.weir.bench.flink;

import io.weir.bench.Job;
import io.weir.bench.core.Arrival;
import io.weir.domain.EventType;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Where Flink's jobs begin and end. */
final class KafkaEnds {
    private KafkaEnds() {}

    /** All records that the inputs hold by now. */
    static KafkaSource<Arrival> source(Job job) {
        return source(job, List.copyOf(job.inputTopics().values()));
    }

    /** Those of one of them. */
    static KafkaSource<Arrival> source(Job job, EventType input) {
        return source(job, List.of(job.topic(input)));
    }

    private static KafkaSource<Arrival> source(Job job, List<String> topics) {
        return KafkaSource.<Arrival>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setTopics(topics)
                .setGroupId(job.runId())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000")
                .setDeserializer(new ArrivalSchema(job.inputs()))
                .build();
    }

    /** Keys and values of results, written in transactions that are committed when their checkpoint is complete. */
    static KafkaSink<Tuple2<byte[], byte[]>> sink(Job job) {
        return KafkaSink.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(job.runId())
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "600000")
                .setProperty(ProducerConfig.LINGER_MS_CONFIG, "50")
                .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "131072")
                .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
                .setRecordSerializer(new Rows(job.outputTopic()))
                .build();
    }

    private record Rows(String topic) implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {
        private static final long serialVersionUID = 1;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Tuple2<byte[], byte[]> row, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(topic, row.f0, row.f1);
        }
    }
}
