package io.weir.app.replay;

import static io.weir.app.replay.EventList.click;
import static io.weir.app.replay.EventList.payment;
import static io.weir.app.replay.EventList.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.app.replay.input.PastEvent;
import io.weir.app.replay.input.ReplayException;
import io.weir.domain.EventType;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReplayPublisherTest {
    private static final Map<EventType, String> TOPICS =
            Map.of(EventType.CLICK, "weir.clicks", EventType.VISIT, "weir.visits", EventType.PAYMENT, "weir.payments");
    private static final Serializer<SpecificRecord> TEXT =
            (topic, value) -> (topic + value).getBytes(StandardCharsets.UTF_8);

    private final FakeClock clock = new FakeClock(1_000_000);
    private final List<Integer> sentAtFlush = new ArrayList<>();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized void flush() {
                    sentAtFlush.add(history().size());
                    super.flush();
                }
            };

    @Test
    void eachEventGoesToTheTopicOfItsTypeUnderItsVisitor() throws InterruptedException {
        PastEvent click = click("c1", "用户", 10);
        PastEvent visit = visit("v1", "u1", 11);
        PastEvent payment = payment("m1", "", 12);

        long published = publish(RecordTimes.ofEvents(clock), Slices.none(), click, visit, payment);

        assertThat(published).isEqualTo(3);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("weir.clicks", "weir.visits", "weir.payments");
        assertThat(producer.history())
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("用户", "u1", "");
        assertThat(producer.history())
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "weir.clicks" + click.value(),
                        "weir.visits" + visit.value(),
                        "weir.payments" + payment.value());
        assertThat(producer.history()).allMatch(record -> record.partition() == null);
    }

    @Test
    void inTimeOrderRecordsCarryTheEventTimeWithinWhatKafkaTakes() throws InterruptedException {
        publish(
                RecordTimes.ofEvents(clock),
                Slices.none(),
                visit("a", "u", Long.MIN_VALUE),
                visit("b", "u", 0),
                visit("c", "u", 999),
                visit("d", "u", 1_000_001),
                visit("e", "u", Long.MAX_VALUE));

        assertThat(producer.history())
                .extracting(ProducerRecord::timestamp)
                .containsExactly(0L, 0L, 999L, 1_000_000L, 1_000_000L);
    }

    @Test
    void inFileOrderRecordsCarryTheirPlaceInTheFile() throws InterruptedException {
        publish(
                RecordTimes.inSequence(500),
                Slices.none(),
                visit("a", "u", 90),
                payment("b", "u", 10),
                click("c", "u", 90));

        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsExactly(500L, 501L, 502L);
    }

    @Test
    void aSliceIsSentWhenTheOneBeforeHasReachedTheBroker() throws InterruptedException {
        publish(
                RecordTimes.ofEvents(clock),
                Slices.ofEventTime(60),
                visit("a", "u", 0),
                visit("b", "u", 60),
                visit("c", "u", 61),
                visit("d", "u", 121),
                visit("e", "u", 122));

        assertThat(sentAtFlush).containsExactly(2, 4, 5);
    }

    @Test
    void slicesBoundTheSpreadAlsoAroundTheEndsOfTime() throws InterruptedException {
        publish(
                RecordTimes.ofEvents(clock),
                Slices.ofEventTime(60),
                visit("a", "u", Long.MIN_VALUE),
                visit("b", "u", 5),
                visit("c", "u", Long.MAX_VALUE));

        assertThat(sentAtFlush).containsExactly(1, 2, 3);
    }

    @Test
    void aSpanOfZeroKeepsOnlyEqualTimesTogether() throws InterruptedException {
        publish(
                RecordTimes.ofEvents(clock),
                Slices.ofEventTime(0),
                visit("a", "u", 5),
                payment("b", "u", 5),
                visit("c", "u", 6));

        assertThat(sentAtFlush).containsExactly(2, 3);
    }

    @Test
    void inFileOrderSlicesAreOfSoManyEvents() throws InterruptedException {
        publish(
                RecordTimes.inSequence(0),
                Slices.ofEvents(2),
                visit("a", "u", 5),
                visit("b", "u", 1),
                visit("c", "u", 9),
                visit("d", "u", 3),
                visit("e", "u", 3));

        assertThat(sentAtFlush).containsExactly(2, 4, 5);
    }

    @Test
    void eventsArePublishedWhenTheyAreDue() throws InterruptedException {
        new ReplayPublisher(
                        producer,
                        TEXT,
                        TOPICS,
                        RecordTimes.ofEvents(clock),
                        Slices.none(),
                        new Pace(Speed.parse("2x"), clock))
                .publish(
                        new EventList(List.of(visit("a", "u", 0), visit("b", "u", 300), visit("c", "u", 1_000))),
                        Progress.silent());

        assertThat(clock.sleepsMs).containsExactly(150L, 350L);
    }

    @Test
    void anErrorThatComesBackFromTheBrokerFailsTheRun() {
        MockProducer<byte[], byte[]> slow =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        errorNext(new RecordTooLargeException("the record has 2000000 bytes"));
                    }
                };

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() ->
                        publisher(slow, TEXT).publish(new EventList(List.of(visit("a", "u", 0))), Progress.silent()))
                .withMessage("cannot publish to weir.visits: the record has 2000000 bytes; shorten the row, or raise"
                        + " kafka.max.request.size and the topic's max.message.bytes");
    }

    @Test
    void anErrorOfTheProducerItselfFailsTheRun() {
        producer.sendException = new TimeoutException("Topic weir.visits not present in metadata after 60000 ms.");

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> publisher(producer, TEXT)
                        .publish(new EventList(List.of(visit("a", "u", 0))), Progress.silent()))
                .withMessage("cannot publish to weir.visits: Topic weir.visits not present in metadata after 60000 ms.;"
                        + " check that the broker runs at --bootstrap-servers and that the topic exists");
    }

    @Test
    void aSchemaThatCannotBeRegisteredFailsTheRun() {
        Serializer<SpecificRecord> unregistered = (topic, value) -> {
            throw new SerializationException("no schema id", new ConnectException("Connection refused"));
        };

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> publisher(producer, unregistered)
                        .publish(new EventList(List.of(visit("a", "u", 0))), Progress.silent()))
                .withMessage("cannot publish to weir.visits: no schema id: Connection refused; check that the schema"
                        + " registry at --schema-registry runs and accepts the schema");
    }

    @Test
    @Timeout(10)
    void anInterruptStopsTheReplay() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> publish(RecordTimes.ofEvents(clock), Slices.none(), visit("a", "u", 0)));

        assertThat(Thread.interrupted()).isFalse();
        assertThat(producer.history()).isEmpty();
    }

    private ReplayPublisher publisher(MockProducer<byte[], byte[]> to, Serializer<SpecificRecord> serializer) {
        return new ReplayPublisher(
                to, serializer, TOPICS, RecordTimes.ofEvents(clock), Slices.none(), new Pace(Speed.MAX, clock));
    }

    private long publish(RecordTimes times, Slices slices, PastEvent... events) throws InterruptedException {
        return new ReplayPublisher(producer, TEXT, TOPICS, times, slices, new Pace(Speed.MAX, clock))
                .publish(new EventList(List.of(events)), Progress.silent());
    }
}
