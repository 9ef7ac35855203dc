package io.weir.app.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.EventSink;
import io.weir.app.pipeline.StartException;
import io.weir.app.system.Application;
import io.weir.app.system.SharedBroker;
import io.weir.domain.EventType;
import io.weir.topology.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each refused record is sent back once, whatever happens to those who send. */
@ExtendWith(SharedBroker.class)
class RetryTest {
    private static final int RECORDS = 50;

    @TempDir
    Path folder;

    /** What is done in place of, or before, a commit. */
    private interface Commit {
        void before(int commits) throws Exception;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Application application(String name, BrokerProcess broker) throws Exception {
        return new Application(name, broker.bootstrapServers(), folder, Map.of("kafka.max.poll.records", "10"));
    }

    private static ProducerRecord<byte[], byte[]> refused(
            WeirConfig config, String reason, String topic, int from, String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", bytes("t-" + value));
        headers.add(Names.REASON_HEADER, bytes(reason));
        headers.add(Names.DETAIL_HEADER, bytes("told"));
        headers.add(Names.TOPIC_HEADER, bytes(topic));
        headers.add(Names.PARTITION_HEADER, bytes("" + from));
        headers.add(Names.OFFSET_HEADER, bytes("7"));
        return new ProducerRecord<>(config.deadLetterTopic(), 0, null, bytes("ann"), bytes(value), headers);
    }

    private static void keep(WeirConfig config, List<ProducerRecord<byte[], byte[]>> records) {
        try (Producer<byte[], byte[]> producer = EventSink.producer(config)) {
            records.forEach(producer::send);
        }
    }

    private static List<String> keepMany(WeirConfig config) {
        List<String> values =
                IntStream.range(0, RECORDS).mapToObj(i -> "value-" + i).toList();
        keep(
                config,
                values.stream()
                        .map(value -> refused(config, "undecodable", config.topic(EventType.VISIT), 2, value))
                        .toList());
        return values;
    }

    private static List<String> visits(Application weir) {
        return weir.read(weir.config().topic(EventType.VISIT)).stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Retried retry(WeirConfig config, String reason) throws InterruptedException {
        try (RefusedTopic topic = new RefusedTopic(config, RefusedKind.DEAD_LETTERS)) {
            return new Retry(topic, reason).run();
        }
    }

    /** A retry that does something else before, or in place of, its commits. */
    private static void retry(WeirConfig config, Commit commit) throws InterruptedException {
        try (RefusedTopic topic = new RefusedTopic(config, RefusedKind.DEAD_LETTERS)) {
            new Retry(topic, null, () -> watched(EventSink.transactional(config, topic.name() + "-retry"), commit))
                    .run();
        }
    }

    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> watched(Producer<byte[], byte[]> producer, Commit commit) {
        int[] commits = {0};
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                RetryTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commitTransaction")) {
                        commit.before(++commits[0]);
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void whatWasSentButNotCommittedIsSentByTheNextRetryAndCountsOnce(BrokerProcess broker) throws Exception {
        try (Application weir = application("abort", broker)) {
            List<String> values = keepMany(weir.config());
            assertThatThrownBy(() -> retry(weir.config(), commits -> {
                        if (commits == 3) {
                            throw new KafkaException("the cable was cut");
                        }
                    }))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("the cable was cut")
                    .hasMessageContaining("run it again");
            List<String> sent = visits(weir);
            assertThat(sent).hasSizeBetween(2, RECORDS - 1);
            assertThat(retry(weir.config(), (String) null).count(Retried.Fate.SENT))
                    .isEqualTo(RECORDS - sent.size());
            assertThat(visits(weir)).containsExactlyElementsOf(values);
        }
    }

    @Test
    void aSecondRetryStopsTheFirstAndNothingIsSentTwice(BrokerProcess broker) throws Exception {
        try (Application weir = application("fence", broker)) {
            List<String> values = keepMany(weir.config());
            assertThatThrownBy(() -> retry(weir.config(), commits -> {
                        if (commits == 2) {
                            retry(weir.config(), "undecodable");
                        }
                    }))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("another retry");
            assertThat(visits(weir)).containsExactlyElementsOf(values);
        }
    }

    @Test
    void reasonsAreRememberedApartAndWhatCannotBeSentIsCounted(BrokerProcess broker) throws Exception {
        try (Application weir = application("apart", broker)) {
            WeirConfig config = weir.config();
            String visits = config.topic(EventType.VISIT);
            ProducerRecord<byte[], byte[]> large = refused(config, "undecodable", visits, 1, "large");
            large.headers().add(Names.LEFT_OUT_HEADER, bytes("20000000"));
            keep(
                    config,
                    List.of(
                            refused(config, "unknown_schema", visits, 3, "a"),
                            large,
                            refused(config, "undecodable", visits, 1, "b"),
                            refused(config, "undecodable", "elsewhere", 1, "c"),
                            refused(config, "undecodable", visits, 99, "d"),
                            refused(config, "unknown_schema", visits, 3, "e")));
            Retried first = retry(config, "undecodable");
            assertThat(first.byReason(Retried.Fate.SENT)).isEqualTo(Map.of("undecodable", 1L));
            assertThat(first.count(Retried.Fate.LEFT_OUT)).isEqualTo(1);
            assertThat(first.count(Retried.Fate.NO_ORIGIN)).isEqualTo(1);
            assertThat(first.count(Retried.Fate.NO_PARTITION)).isEqualTo(1);
            Retried second = retry(config, (String) null);
            assertThat(second.byReason(Retried.Fate.SENT)).isEqualTo(Map.of("unknown_schema", 2L));
            assertThat(second.byReason(Retried.Fate.SENT_BEFORE)).isEqualTo(Map.of("undecodable", 1L));
            assertThat(visits(weir)).containsExactlyInAnyOrder("a", "b", "e");
            ConsumerRecord<byte[], byte[]> b = weir.read(visits).stream()
                    .filter(message -> message.partition() == 1)
                    .findFirst()
                    .orElseThrow();
            assertThat(b.key()).isEqualTo(bytes("ann"));
            assertThat(b.headers()).hasSize(1).allMatch(header -> header.key().equals("trace"));
        }
    }
}
