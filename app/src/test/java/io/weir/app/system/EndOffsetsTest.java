package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.pipeline.EndOffsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class EndOffsetsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String TOPIC = "end-offsets-visits";

    @Test
    void recordsThatTheBrokerHasDeletedDoNotWaitToBeRead(BrokerProcess broker) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        Map<String, Object> impatient = new HashMap<>(settings);
        impatient.put("request.timeout.ms", 5_000);
        impatient.put("default.api.timeout.ms", 5_000);
        try (Admin admin = Admin.create(impatient)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            publish(settings, 10);
            try (EndOffsets offsets = new EndOffsets(admin, List.of(TOPIC), 1)) {
                await().atMost(LONG)
                        .until(() -> offsets.knownWaiting(TOPIC, 0, 0).equals(OptionalLong.of(10)));
                admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(7)))
                        .all()
                        .get();
                await().atMost(LONG).until(() -> offsets.waiting(TOPIC, 0, 0) == 3);
                assertThat(offsets.end(TOPIC, 0)).isEqualTo(10);
                assertThat(offsets.waiting(TOPIC, 0, 9)).isEqualTo(1);
                assertThat(offsets.knownWaiting("another", 0, 0)).isEmpty();
                publish(settings, 5);
                assertThat(offsets.endNow(TOPIC, 0)).isEqualTo(15);
                assertThatThrownBy(() -> offsets.endNow(TOPIC, 1))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the broker does not say where " + TOPIC + "-1 ends");
            }
        }
    }

    private static void publish(Map<String, Object> settings, int records) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[] {1}));
            }
        }
    }
}
