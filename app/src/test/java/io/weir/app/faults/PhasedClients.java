package io.weir.app.faults;

import io.weir.topology.Names;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients, whose producers stand still in a {@link CommitPhase} when a test has aimed at it, so that a kill
 * hits just that phase. Named to an instance by {@code kafka.default.client.supplier}.
 */
public final class PhasedClients implements KafkaClientSupplier {
    /** Setting of the producer: the file of the {@link Aim}. */
    static final String AIM = "weir.test.aim";

    private static final String JOURNEYS_CHANGELOG = "-" + Names.JOURNEYS_STORE + "-changelog";

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new PhasedProducer(settings, Aim.in(Path.of(settings.get(AIM).toString())));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return getConsumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return getConsumer(settings);
    }

    private static final class PhasedProducer extends KafkaProducer<byte[], byte[]> {
        private final Aim aim;
        private boolean flushing;

        PhasedProducer(Map<String, Object> settings, Aim aim) {
            super(settings, new ByteArraySerializer(), new ByteArraySerializer());
            this.aim = aim;
        }

        private void pass(CommitPhase phase) {
            while (aim.isHit(phase)) {
                while (true) {
                    LockSupport.park(this);
                }
            }
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> event, Callback callback) {
            if (!flushing && event.topic().endsWith(JOURNEYS_CHANGELOG)) {
                flushing = true;
                pass(CommitPhase.BEFORE_FLUSH);
            }
            return super.send(event, callback);
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            pass(CommitPhase.FLUSHED);
            super.sendOffsetsToTransaction(offsets, group);
        }

        @Override
        public void commitTransaction() {
            pass(CommitPhase.OFFSETS_SENT);
            super.commitTransaction();
            flushing = false;
            pass(CommitPhase.COMMITTED);
        }
    }
}
