package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.pipeline.EventSink;
import io.weir.app.system.bad.BadRecord;
import io.weir.app.system.bad.Corpus;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.topology.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No record, whatever it holds, stops the pipeline, touches its neighbours or gets lost. */
@ExtendWith(SharedBroker.class)
class BadInputTest {
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void badRecordsAreCountedAndKeptByteForByteAndTheirNeighboursAreExact(BrokerProcess broker) throws Exception {
        // No partition becomes idle, so that the watermark stays with the oldest and nothing is too old to be shown.
        try (Application weir = new Application("bad", broker, folder, Map.of("idle.timeout", "PT1H"))) {
            List<BadRecord> odd = Corpus.records((subject, schema) -> register(weir, subject, schema), TEN, now());
            List<EventRow> good = goodEvents(odd.size() / 3);
            assertThat(odd.stream().filter(BadInputTest::isOneOfItsKind).count())
                    .as("rejected records, each bad in its own way")
                    .isGreaterThanOrEqualTo(500);
            Child instance = weir.start(1);
            Map<String, BadRecord> byOrigin = publish(weir, good, odd);

            RunningWeir running = RunningWeir.of(instance);
            await().atMost(Duration.ofMinutes(2)).until(() -> running.read() == good.size() + odd.size());
            assertKept(weir, weir.config().lateTopic(), byOrigin, true);
            assertKept(weir, weir.config().deadLetterTopic(), byOrigin, false);
            assertThat(running.events()).isEqualTo(expectedCounts(good, odd));
            List<EventRow> counted = new ArrayList<>(good);
            odd.stream().map(BadRecord::counted).filter(Objects::nonNull).forEach(counted::add);
            String expected = BatchOracle.file(BatchOracle.windowsCsv(counted, OracleSettings.DEFAULT));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(weir.windowsCsv()).isEqualTo(expected));
            assertThat(instance.isAlive()).isTrue();
            assertThat(running.status("health/ready")).isEqualTo(200);
            assertThat(instance.err()).doesNotContain("stream thread failed");
        }
    }

    /** One that is rejected; what a good record leaves when it is cut off at some byte makes no number. */
    private static boolean isOneOfItsKind(BadRecord each) {
        return each.isRejected() && !each.name().contains(Corpus.CUT_OFF);
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static int register(Application weir, String subject, Schema schema) {
        return weir.registry().registry().register(subject, schema);
    }

    private static List<EventRow> goodEvents(int ofEach) {
        List<EventRow> good = new ArrayList<>();
        for (int i = 0; i < ofEach; i++) {
            long timeMs = TEN + i * 100L;
            good.add(EventRow.click("c" + i, "ann", "mug", "ads", "spring", 100_000 + i, timeMs));
            good.add(EventRow.visit("v" + i, "ann", "mug", null, null, "c" + i, timeMs + 1));
            good.add(EventRow.payment("p" + i, "ann", "mug", 1 + i, 9_000_000 + i, timeMs + 2));
        }
        return good;
    }

    /** Good and odd ones in turn; returns the odd ones by topic, partition and offset. */
    private static Map<String, BadRecord> publish(Application weir, List<EventRow> good, List<BadRecord> odd)
            throws Exception {
        Map<BadRecord, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (Producer<byte[], byte[]> producer =
                EventSink.producer(weir.config().with(Map.of("kafka.max.request.size", Integer.toString(16 << 20))))) {
            for (int i = 0; i < Math.max(good.size(), odd.size()); i++) {
                if (i < good.size()) {
                    EventRow row = good.get(i);
                    String topic = weir.config().topic(Events.typeOf(row));
                    byte[] key = row.visitorId().getBytes(StandardCharsets.UTF_8);
                    producer.send(record(topic, Corpus.AMONG_GOOD, i, key, weir.bytes(row), new RecordHeaders()));
                }
                if (i < odd.size()) {
                    BadRecord each = odd.get(i);
                    String topic = weir.config().topic(each.input());
                    sent.put(
                            each,
                            producer.send(
                                    record(topic, each.partition(), i, each.key(), each.value(), each.headers())));
                }
            }
            producer.flush();
        }
        Map<String, BadRecord> byOrigin = new HashMap<>();
        for (Map.Entry<BadRecord, Future<RecordMetadata>> each : sent.entrySet()) {
            RecordMetadata at = each.getValue().get();
            byOrigin.put(at.topic() + " " + at.partition() + " " + at.offset(), each.getKey());
        }
        return byOrigin;
    }

    /** Record times that rise, so that the pipeline reads all topics in just this order. */
    private static ProducerRecord<byte[], byte[]> record(
            String topic, int partition, int place, byte[] key, byte[] value, Headers headers) {
        return new ProducerRecord<>(topic, partition, TEN + place * 10L, key, value, new RecordHeaders(headers));
    }

    private static Map<String, Long> expectedCounts(List<EventRow> good, List<BadRecord> odd) {
        Map<String, Long> counts = new TreeMap<>();
        good.forEach(row -> counts.merge(Events.typeOf(row).plural() + " accepted", 1L, Long::sum));
        odd.forEach(each -> counts.merge(each.input().plural() + " " + each.outcome(), 1L, Long::sum));
        return counts;
    }

    private static void assertKept(Application weir, String topic, Map<String, BadRecord> byOrigin, boolean late) {
        Map<String, BadRecord> expected = new HashMap<>(byOrigin);
        expected.values().removeIf(each -> !each.isKept(late));
        for (ConsumerRecord<byte[], byte[]> message : weir.read(topic)) {
            String origin = header(message, Names.TOPIC_HEADER) + " " + header(message, Names.PARTITION_HEADER) + " "
                    + header(message, Names.OFFSET_HEADER);
            BadRecord given = expected.remove(origin);
            assertThat(given)
                    .as("%s, as %s", origin, header(message, Names.REASON_HEADER))
                    .isNotNull();
            assertThat(header(message, Names.REASON_HEADER)).as(given.name()).isEqualTo(given.reason());
            assertThat(message.key()).as(given.name()).isEqualTo(given.key());
            assertThat(Arrays.equals(message.value(), given.value()))
                    .as("%s, byte for byte", given.name())
                    .isTrue();
            assertThat(header(message, Names.DETAIL_HEADER)).as(given.name()).isNotBlank();
            assertThat(foreign(message.headers())).as(given.name()).isEqualTo(foreign(given.headers()));
        }
        assertThat(expected.values())
                .extracting(BadRecord::name)
                .as("not in %s", topic)
                .isEmpty();
    }

    /** The headers that are not ours, in their order. */
    private static List<String> foreign(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> !header.key().startsWith("weir."))
                .map(header -> header.key() + "=" + Arrays.toString(header.value()))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
