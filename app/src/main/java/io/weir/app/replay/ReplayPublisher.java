package io.weir.app.replay;

import io.weir.app.replay.input.EventSequence;
import io.weir.app.replay.input.PastEvent;
import io.weir.app.replay.input.ReplayException;
import io.weir.domain.EventType;
import io.weir.wire.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events to the topic of their type, keyed by visitor (UTF-8), in the given order and at the given pace. The
 * producer's own partitioner hashes the key, so one visitor's events of all types have the same partition number.
 */
final class ReplayPublisher {
    private final Producer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final Map<EventType, String> topics;
    private final RecordTimes times;
    private final Slices slices;
    private final Pace pace;
    private final AtomicReference<@Nullable ReplayException> failure = new AtomicReference<>();

    /**
     * @param producer stays open; the publisher flushes it
     * @param topics one for every type
     */
    ReplayPublisher(
            Producer<byte[], byte[]> producer,
            Serializer<SpecificRecord> serializer,
            Map<EventType, String> topics,
            RecordTimes times,
            Slices slices,
            Pace pace) {
        this.producer = producer;
        this.serializer = serializer;
        this.topics = new EnumMap<>(topics);
        this.times = times;
        this.slices = slices;
        this.pace = pace;
    }

    /**
     * Publishes all events and returns, when the broker has acknowledged every one of them, how many there were.
     *
     * @throws ReplayException if an event cannot be published
     * @throws InterruptedException if the thread is interrupted; some events have been published then
     */
    long publish(EventSequence events, Progress progress) throws InterruptedException {
        long published = 0;
        try {
            for (PastEvent event = events.next(); event != null; event = events.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (slices.begins(event)) {
                    flush();
                }
                pace.await(event.timeMs());
                send(event);
                published++;
                progress.update(events.done(), events.fractionDone(), published);
            }
            flush();
            progress.update(events.done(), events.fractionDone(), published);
            return published;
        } catch (InterruptException e) {
            InterruptedException interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void flush() {
        producer.flush();
        throwFailure();
    }

    private void send(PastEvent event) {
        String topic = String.valueOf(topics.get(event.type()));
        try {
            byte[] key = event.visitorId().getBytes(StandardCharsets.UTF_8);
            byte[] value = serializer.serialize(topic, event.value());
            var record = new ProducerRecord<>(topic, null, times.next(event), key, value);
            producer.send(record, (metadata, error) -> noteFailure(topic, error));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            throw unpublished(topic, e);
        }
        throwFailure();
    }

    private void noteFailure(String topic, @Nullable Exception error) {
        if (error != null) {
            failure.compareAndSet(null, unpublished(topic, error));
        }
    }

    private void throwFailure() {
        ReplayException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static ReplayException unpublished(String topic, Exception error) {
        Throwable root = error;
        while (error instanceof SerializationException && root.getCause() != null) {
            root = root.getCause();
        }
        String because = root == error
                ? ReplayException.reason(error)
                : ReplayException.reason(error) + ": " + ReplayException.reason(root);
        return new ReplayException("cannot publish to " + topic + ": " + because + "; " + cure(error), error);
    }

    private static String cure(Exception error) {
        if (error instanceof TimeoutException) {
            return "check that the broker runs at --bootstrap-servers and that the topic exists";
        }
        if (error instanceof AuthenticationException || error instanceof AuthorizationException) {
            return "check the kafka.* security settings and that this user may write to the topic";
        }
        if (error instanceof RecordTooLargeException) {
            return "shorten the row, or raise kafka.max.request.size and the topic's max.message.bytes";
        }
        if (error instanceof SerializationException || error instanceof RegistryUnavailableException) {
            return "check that the schema registry at --schema-registry runs and accepts the schema";
        }
        return "check the broker's log";
    }
}
